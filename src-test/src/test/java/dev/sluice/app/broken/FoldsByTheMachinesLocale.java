package dev.sluice.app.broken;

/// Broken on purpose: a case fold names its locale.
final class FoldsByTheMachinesLocale {
  String fold(String value) {
    return value.toLowerCase();
  }
}
