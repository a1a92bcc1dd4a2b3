package dev.sluice.governance.policy;

/// Something wrong with a policy text, with its place.
///
/// @param source name of the text: a file name
/// @param line from 1
/// @param column from 1, in code points
/// @param message what was found, one sentence
/// @param expected what was expected instead, one sentence; never empty
public record PolicyProblem(String source, int line, int column, String message, String expected) {

  /// `file:line:column: message expected`, as tools print it.
  @Override
  public String toString() {
    return source + ":" + line + ":" + column + ": " + message + " " + expected;
  }
}
