package dev.sluice.server.mcp;

/// A tool was called with arguments that it does not take. Says which, never with the value.
final class BadArguments extends Exception {
  BadArguments(String message) {
    super(message);
  }
}
