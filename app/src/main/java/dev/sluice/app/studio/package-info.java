/// The policy studio: writing, checking, comparing, trying and publishing policies.
@NullMarked
package dev.sluice.app.studio;

import org.jspecify.annotations.NullMarked;
