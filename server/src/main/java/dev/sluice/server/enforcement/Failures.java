package dev.sluice.server.enforcement;

import java.sql.SQLException;

/// Database errors as problems: what was tried and the SQLSTATE, without the driver's text, which
/// can hold values.
final class Failures {

  private Failures() {}

  static EnforcementProblem of(String object, String tried, SQLException failure) {
    String state = failure.getSQLState() == null ? "no SQLSTATE" : failure.getSQLState();
    String why =
        switch (state.length() >= 2 ? state.substring(0, 2) : "") {
          case "08", "57" -> "the database cannot be reached";
          case "28" -> "the database does not accept the server's login";
          case "42" -> "a right or an object is missing; apply the plan again";
          default -> "the database refused";
        };
    boolean away = state.startsWith("08") || state.startsWith("57");
    return new EnforcementProblem(
        object,
        tried + ": " + why + " (" + state + ").",
        failure,
        away ? EnforcementProblem.Kind.UNREACHABLE : EnforcementProblem.Kind.OTHER);
  }
}
