/// The window around the screens: commands, navigation, status bar, notifications, themes.
@NullMarked
package dev.sluice.app.shell;

import org.jspecify.annotations.NullMarked;
