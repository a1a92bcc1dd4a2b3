package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.time.Instant;
import java.util.List;

/// What happens on a server now, for whoever watches over it. Counts are of the last hour, as far
/// as `since` goes back.
///
/// @param place the log's entry up to which everything is counted
/// @param at server time
/// @param since the oldest entry that was counted; everything before it is in the log alone
/// @param sessions open ones, the newest first
/// @param minutes oldest first, none left out, the last one is the present one
/// @param touched sensitive columns that were read, most often read first
/// @param waiting requests that nobody has decided, oldest first
/// @param journal the log's health
/// @param schemaStatements newest first
/// @param feed entries after the place that was asked for, oldest first
/// @param skipped entries that are missing from the feed because there were too many
/// @param freezes that hold now
public record LiveReport(
    long place,
    Instant at,
    Instant since,
    List<Connected> sessions,
    List<Minute> minutes,
    List<Touched> touched,
    List<Waiting> waiting,
    Journal journal,
    List<SchemaStatement> schemaStatements,
    List<FeedEntry> feed,
    long skipped,
    List<WriteFreeze> freezes) {
  public LiveReport {
    sessions = List.copyOf(sessions);
    minutes = List.copyOf(minutes);
    touched = List.copyOf(touched);
    waiting = List.copyOf(waiting);
    schemaStatements = List.copyOf(schemaStatements);
    feed = List.copyOf(feed);
    freezes = List.copyOf(freezes);
  }

  /// Somebody who is signed in.
  ///
  /// @param kind `person`, `agent`, `pipeline`
  /// @param owner for whom an agent acts, empty otherwise
  /// @param signedInAt when they last showed who they are, [Instant#EPOCH] when not known
  /// @param statements in the last hour
  /// @param lastAt of their last statement, [Instant#EPOCH] when there was none
  public record Connected(
      String id,
      String kind,
      String name,
      String owner,
      Instant signedInAt,
      long statements,
      Instant lastAt) {}

  /// Statements of one minute by verdict. Masked ones are not among the allowed ones.
  ///
  /// @param cells values that were masked before they were shown
  public record Minute(
      Instant start, long allowed, long masked, long asked, long blocked, long cells) {}

  /// A classified column that was read.
  ///
  /// @param masked statements that saw it masked
  /// @param shown statements that saw it as it is
  /// @param people who did, most often first
  public record Touched(
      String connection, String column, long masked, long shown, List<String> people) {
    public Touched {
      people = List.copyOf(people);
    }
  }

  /// A request that waits.
  ///
  /// @param right `run`, `unmask`, `export`
  /// @param approvers who may decide, in the policy's words
  public record Waiting(
      String id,
      String kind,
      String name,
      String connection,
      String right,
      List<String> approvers,
      Instant since,
      Instant decideBy) {
    public Waiting {
      approvers = List.copyOf(approvers);
    }
  }

  /// @param entries of the log
  /// @param signed entries under the newest checkpoint that was kept
  /// @param signedAt when that was signed
  /// @param queued writes that wait for their commit
  /// @param undelivered entries that a sink did not take
  public record Journal(
      long entries, long signed, Instant signedAt, long queued, long undelivered) {}

  /// A statement that changed a schema, or tried to.
  ///
  /// @param state `running`, `completed`, `failed`, `cancelled`, `unknown`
  /// @param request under which it was approved, empty when it needed none
  /// @param labels such as `workflow=...`, `commit=...`
  public record SchemaStatement(
      long sequence,
      Instant at,
      String kind,
      String name,
      String connection,
      @Sensitive String statement,
      String state,
      String request,
      List<String> labels) {
    public SchemaStatement {
      labels = List.copyOf(labels);
    }

    @Override
    public String toString() {
      return Redaction.describe(this);
    }
  }

  /// Something that happened.
  ///
  /// @param kind of the event, such as `statement.intent`
  /// @param actor `person`, `agent`, `pipeline`, `server`
  /// @param verdict `allow`, `needs-approval`, `deny`, or empty
  /// @param statement its text for an auditor; for others its first word
  public record FeedEntry(
      long sequence,
      Instant at,
      String kind,
      String actor,
      String name,
      String connection,
      String verdict,
      String title,
      @Sensitive String statement,
      String rule,
      String detail,
      long maskedColumns,
      List<String> labels) {
    public FeedEntry {
      labels = List.copyOf(labels);
    }

    @Override
    public String toString() {
      return Redaction.describe(this);
    }
  }
}
