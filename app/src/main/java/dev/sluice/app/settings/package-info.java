/// Preferences of the person at this machine.
@NullMarked
package dev.sluice.app.settings;

import org.jspecify.annotations.NullMarked;
