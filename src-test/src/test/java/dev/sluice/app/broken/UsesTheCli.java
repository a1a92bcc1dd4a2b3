package dev.sluice.app.broken;

import dev.sluice.cli.Main;

/// Broken on purpose: the window knows no command line.
final class UsesTheCli {
  Main main(Main value) {
    return value;
  }
}
