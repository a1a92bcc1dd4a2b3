package dev.sluice.server;

import dev.sluice.server.ServerProblem.Blame;
import java.util.List;

/// The words of what publishing refuses.
public final class PolicyProblems {

  private static final int SHOWN = 3;

  private PolicyProblems() {}

  public static ServerProblem testsFail(List<String> failures) {
    return new ServerProblem(
        422,
        "policy-tests-fail",
        Blame.USER,
        "Policy not published",
        "What the policy expects of itself does not hold: "
            + String.join(" ", failures.stream().limit(SHOWN).toList())
            + (failures.size() > SHOWN ? " And " + (failures.size() - SHOWN) + " more." : ""),
        "Correct the policy or the expectation; \"sluice policy test\" shows all of them.");
  }

  public static ServerProblem whatIfDays(int most) {
    return new ServerProblem(
        422,
        "days-invalid",
        Blame.USER,
        "Not replayed",
        "Statements are replayed for 1 to " + most + " days.",
        "Give a number of days in between.");
  }

  public static ServerProblem secondPerson() {
    return new ServerProblem(
        409,
        "second-person",
        Blame.POLICY,
        "Not published",
        "There is more than one policy administrator, so nobody puts their own policy in force.",
        "Send it as a draft (\"sluice policy draft\"); another policy administrator publishes it.");
  }

  public static ServerProblem ownDraft() {
    return new ServerProblem(
        409,
        "own-draft",
        Blame.POLICY,
        "Not published",
        "You wrote this draft, and there is another policy administrator.",
        "Ask them to look at it and publish it.");
  }

  public static ServerProblem draftClosed(String state) {
    return new ServerProblem(
        409,
        "draft-closed",
        Blame.USER,
        "Not done",
        "This draft is " + state + " already.",
        "Make a new draft.");
  }

  public static ServerProblem draftChanged() {
    return new ServerProblem(
        409,
        "draft-changed",
        Blame.USER,
        "Not published",
        "The draft was changed after you looked at it.",
        "Look at it again, and publish what you have seen.");
  }

  public static ServerProblem draftOvertaken(long base, long current) {
    return new ServerProblem(
        409,
        "draft-overtaken",
        Blame.USER,
        "Not published",
        "The draft was made from version "
            + base
            + ", but version "
            + current
            + " is in force now.",
        "Take the draft's changes over into version "
            + current
            + ", give it the version "
            + (current + 1)
            + " and send it again.");
  }

  public static ServerProblem notYourDraft() {
    return new ServerProblem(
        409,
        "not-your-draft",
        Blame.USER,
        "Not changed",
        "Somebody else wrote this draft.",
        "Tell its author what to change, or make a draft of your own.");
  }
}
