package dev.sluice.proof.corpus;

import dev.sluice.governance.approval.ApprovalEvent;
import dev.sluice.governance.approval.ApprovalMachine;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.approval.Capsule;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.approval.Transition;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Plays the life of one request. Each line of the text is `WHEN WHO VERB [WORDS]`:
///
/// - when: time since the request, such as `90s`, `5m`, `8h`
/// - who: `alice`, `bob[data-owners,platform]`, `agent:bot/alice` (acting for alice), or `time`
/// - verb: `asks`, `approves`, `rejects`, `cancels`, `revokes`, `runs`, `runs-other` (another
///   text), `passes` (time only)
///
/// One answer a line: `state WHEN STATE uses N` or `refused WHEN CODE`.
final class ApprovalEvaluator implements CorpusEvaluator {

  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final Pattern LINE =
      Pattern.compile("(\\d+[smhd])\\s+(\\S+)\\s+(\\S+)(?:\\s+(.*))?");
  private static final Pattern PERSON = Pattern.compile("([a-z]+)(?:\\[([a-z0-9,-]+)])?");

  @Override
  public Set<String> settings() {
    return Set.of(
        "approvers",
        "quorum",
        "decide-within",
        "use-within",
        "executions",
        "escalate-after",
        "escalate-to");
  }

  @Override
  public Set<String> answers() {
    return Set.of("state", "refused");
  }

  @Override
  public List<String> evaluate(CorpusCase each) {
    List<String> answers = new ArrayList<>();
    ApprovalRequest request = null;
    for (String line : each.body().lines().toList()) {
      Matcher parts = LINE.matcher(line.strip());
      if (!parts.matches()) {
        throw new CorpusException("line " + each.line() + ": not 'WHEN WHO VERB': " + line);
      }
      String when = parts.group(1);
      Instant at = START.plus(duration(when));
      String words = Optional.ofNullable(parts.group(4)).orElse("");
      Transition transition = step(each, request, parts.group(2), parts.group(3), words, at);
      switch (transition) {
        case Transition.Moved moved -> {
          request = moved.request();
          answers.add("state " + when + " " + request.state() + " uses " + request.uses());
        }
        case Transition.Refused refused -> answers.add("refused " + when + " " + refused.code());
      }
    }
    return answers;
  }

  private static Transition step(
      CorpusCase each,
      @Nullable ApprovalRequest request,
      String who,
      String verb,
      String words,
      Instant at) {
    if (verb.equals("asks")) {
      return ApprovalMachine.open(
          "r1", actor(who), capsule("UPDATE t SET a = 1"), List.of("rule"), rule(each), words, at);
    }
    if (request == null) {
      throw new CorpusException("line " + each.line() + ": the first line asks");
    }
    return ApprovalMachine.apply(request, event(each, who, verb, words, at), at);
  }

  private static ApprovalEvent event(
      CorpusCase each, String who, String verb, String words, Instant at) {
    return switch (verb) {
      case "approves" -> reviewed(who, Review.Verdict.APPROVE, words, at);
      case "rejects" -> reviewed(who, Review.Verdict.REJECT, words, at);
      case "cancels" -> new ApprovalEvent.Cancelled(actor(who));
      case "revokes" -> new ApprovalEvent.Revoked(actor(who), words);
      case "runs" -> new ApprovalEvent.Redeemed(actor(who), capsule("UPDATE t SET a = 1"));
      case "runs-other" -> new ApprovalEvent.Redeemed(actor(who), capsule("UPDATE t SET a = 2"));
      case "passes" -> new ApprovalEvent.Ticked();
      default -> throw new CorpusException("line " + each.line() + ": no verb '" + verb + "'");
    };
  }

  private static ApprovalEvent reviewed(
      String who, Review.Verdict verdict, String words, Instant at) {
    Actor actor = actor(who);
    return new ApprovalEvent.Reviewed(new Review(actor.principal(), verdict, words, at), actor);
  }

  private static ApproverRule rule(CorpusCase each) {
    Optional<ApproverRule.Escalation> escalation =
        Optional.ofNullable(each.settings().get("escalate-to"))
            .map(to -> new ApproverRule.Escalation(duration(each.setting("escalate-after")), to));
    return new ApproverRule(
        Set.of(each.setting("approvers").split(",\\s*")),
        Integer.parseInt(each.setting("quorum", "1")),
        duration(each.setting("decide-within", "8h")),
        duration(each.setting("use-within", "1h")),
        Integer.parseInt(each.setting("executions", "1")),
        escalation);
  }

  private static Actor actor(String who) {
    if (who.startsWith("agent:")) {
      String[] names = who.substring("agent:".length()).split("/");
      return new Actor.Agent(principal(names[0]), principal(names[1]), Map.of());
    }
    return new Actor.Person(principal(who));
  }

  private static Principal principal(String who) {
    Matcher person = PERSON.matcher(who);
    if (!person.matches()) {
      throw new CorpusException("not a person: " + who);
    }
    Set<String> groups =
        person.group(2) == null ? Set.of() : Set.of(person.group(2).split(",\\s*"));
    return new Principal("local", person.group(1), null, person.group(1), groups, Set.of());
  }

  private static Capsule capsule(String text) {
    return new Capsule(
        text, text, List.of(), "shop", "production", "fp", 1, Map.of(), List.of(), Map.of(), -1);
  }

  private static Duration duration(String text) {
    long amount = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(amount);
      case 'm' -> Duration.ofMinutes(amount);
      case 'h' -> Duration.ofHours(amount);
      case 'd' -> Duration.ofDays(amount);
      default -> throw new CorpusException("not a duration: " + text);
    };
  }
}
