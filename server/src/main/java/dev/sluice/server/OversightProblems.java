package dev.sluice.server;

import dev.sluice.governance.codec.wire.WriteFreeze;
import dev.sluice.server.ServerProblem.Blame;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// What the server answers where writes are frozen and to whoever watches over it.
public final class OversightProblems {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);

  private OversightProblems() {}

  public static ServerProblem frozen(WriteFreeze freeze) {
    String where =
        freeze.connection().isEmpty() ? "everywhere" : "on \"" + freeze.connection() + "\"";
    String until = TIME.format(freeze.until().atOffset(ZoneOffset.UTC));
    return new ServerProblem(
        423,
        "writes-frozen",
        Blame.POLICY,
        "Writes are frozen",
        freeze.byName()
            + " froze all writes "
            + where
            + ": \""
            + freeze.reason()
            + "\". It lifts at "
            + until
            + ".",
        "Reading goes on. Run it again after "
            + until
            + ", or ask "
            + freeze.byName()
            + " to lift the freeze; an approval you hold is not used up.");
  }

  public static ServerProblem freezeTerms() {
    return new ServerProblem(
        422,
        "freeze-terms",
        Blame.USER,
        "Freeze not understood",
        "A freeze needs a reason of at most 500 characters and lasts 1 to 1440 minutes.",
        "Say why in a sentence, for everybody whose write is refused reads it, and for how long.");
  }

  public static ServerProblem labelTerms() {
    return new ServerProblem(
        422,
        "label-terms",
        Blame.USER,
        "Not understood",
        "A report is about one label, by its name in lower case, and about 1 to 8784 hours.",
        "Ask for workflow, purpose, model, commit, run or a label of your own.");
  }

  public static ServerProblem reasonNeeded() {
    return new ServerProblem(
        422,
        "reason-needed",
        Blame.USER,
        "A reason is needed",
        "Ending somebody's session needs a reason of at most 500 characters.",
        "Say why in a sentence; they read it where they are asked to sign in again.");
  }
}
