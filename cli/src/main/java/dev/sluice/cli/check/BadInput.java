package dev.sluice.cli.check;

/// A line or argument that cannot be used. Its message is for people: what, where, what instead.
public class BadInput extends Exception {
  public BadInput(String message) {
    super(message);
  }
}
