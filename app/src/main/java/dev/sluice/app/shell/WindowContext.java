package dev.sluice.app.shell;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;

/// What every screen of one window is given.
public record WindowContext(
    Session session,
    Background background,
    Messages messages,
    CommandRegistry commands,
    Notifications notifications,
    Preferences preferences) {}
