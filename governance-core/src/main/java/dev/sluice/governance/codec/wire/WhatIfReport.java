package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.util.List;

/// What a proposed policy would have done with what was run lately.
///
/// @param state `running`, `done`, `cancelled` or `failed`
/// @param read entries of the log read so far
/// @param total entries to read
/// @param statements statements replayed
/// @param distinct different ones: by who, where and text
/// @param notReplayed statements of people or on connections that are gone
/// @param newlyBlocked statements that ran or might have been approved, and would be refused
/// @param newlyAsking statements that ran, and would need approval
/// @param newlyAllowed statements that did not run by themselves, and would
/// @param newlyExposed statements that would show a column as it is that was masked
/// @param people who would feel it, most first
/// @param findings the different statements, most often run first, at most 200
/// @param milliseconds it took so far
public record WhatIfReport(
    String id,
    String state,
    long read,
    long total,
    long statements,
    long distinct,
    long notReplayed,
    long newlyBlocked,
    long newlyAsking,
    long newlyAllowed,
    long newlyExposed,
    List<Person> people,
    List<Finding> findings,
    long milliseconds) {
  public WhatIfReport {
    people = List.copyOf(people);
    findings = List.copyOf(findings);
  }

  /// @param person principal key
  public record Person(String person, long blocked, long asking, long allowed, long exposed) {}

  /// @param kind `blocked`, `asking`, `allowed` or `exposed`
  /// @param times how often it was run
  /// @param rule that would win
  /// @param reason one sentence
  /// @param columns that would be shown as they are, for `exposed`
  public record Finding(
      String kind,
      String person,
      String connection,
      @Sensitive String statement,
      long times,
      String rule,
      String reason,
      List<String> columns) {
    public Finding {
      columns = List.copyOf(columns);
    }

    @Override
    public String toString() {
      return Redaction.describe(this);
    }
  }
}
