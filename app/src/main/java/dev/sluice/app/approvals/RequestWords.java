package dev.sluice.app.approvals;

import dev.sluice.app.fx.Messages;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.approval.Conditions;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.identity.Actor;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Requests in words.
public final class RequestWords {

  private RequestWords() {}

  /// Where a request stands, in a word or two.
  public static String state(ApprovalState state, Messages messages) {
    return messages.text(
        "request.state." + state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  public static String stateIcon(ApprovalState state) {
    return switch (state) {
      case PENDING -> "fth-clock";
      case APPROVED -> "fth-check-circle";
      case EXHAUSTED -> "fth-check-square";
      case REJECTED -> "fth-x-circle";
      case CANCELLED -> "fth-corner-up-left";
      case EXPIRED_PENDING, EXPIRED_UNUSED -> "fth-watch";
      case STALE -> "fth-alert-circle";
      case REVOKED -> "fth-slash";
    };
  }

  public static String stateStyle(ApprovalState state) {
    return switch (state) {
      case PENDING -> "verdict-ask";
      case APPROVED -> "verdict-allowed";
      case EXHAUSTED, CANCELLED, EXPIRED_PENDING, EXPIRED_UNUSED -> "muted-icon";
      case REJECTED, STALE, REVOKED -> "verdict-blocked";
    };
  }

  /// `data-owners`, `data-owners or olga`.
  public static String who(ApproverRule rule) {
    return rule.anyOf().stream().map(RequestWords::name).collect(Collectors.joining(", "));
  }

  /// `platform` of `group:platform`, `owners & platform` of both.
  static String name(String entry) {
    return Stream.of(entry.split("&", -1))
        .map(part -> part.substring(part.indexOf(':') + 1))
        .collect(Collectors.joining(" & "));
  }

  /// `From 24 Nov 11:30 on platform may decide too.`, or since when; empty when the rule names
  /// nobody for later.
  public static String escalation(ApprovalRequest request, Instant now, Messages messages) {
    return request
        .approvers()
        .escalation()
        .map(
            later -> {
              Instant from = request.createdAt().plus(later.after());
              return messages.text(
                  now.isBefore(from) ? "request.later" : "request.later.begun",
                  time(from, messages),
                  name(later.to()));
            })
        .orElse("");
  }

  /// The asking person, or the agent and the person it asks for.
  public static String requester(Actor actor, Messages messages) {
    return switch (actor) {
      case Actor.Person person -> person.principal().displayName();
      case Actor.Agent agent ->
          messages.text(
              "request.agent", agent.principal().displayName(), agent.owner().displayName());
      case Actor.Pipeline pipeline ->
          messages.text("request.pipeline", pipeline.principal().displayName());
    };
  }

  public static String requesterIcon(Actor actor) {
    return switch (actor) {
      case Actor.Person person -> "fth-user";
      case Actor.Agent agent -> "fth-cpu";
      case Actor.Pipeline pipeline -> "fth-git-branch";
    };
  }

  /// `03:12` or `2 h 05 min`.
  public static String age(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return seconds / 3600
          + " h "
          + String.format(Locale.ROOT, "%02d", seconds / 60 % 60)
          + " min";
    }
    return seconds / 86_400 + " d";
  }

  /// `30 minutes`, `24 hours`, `3 days`.
  public static String span(Duration span, Messages messages) {
    if (span.compareTo(Duration.ofHours(2)) < 0) {
      return messages.count("duration.minutes", span.toMinutes());
    }
    return span.compareTo(Duration.ofHours(49)) < 0
        ? messages.count("duration.hours", span.toHours())
        : messages.count("duration.days", span.toDays());
  }

  public static String time(Instant at, Messages messages) {
    return DateTimeFormatter.ofPattern("d MMM HH:mm", messages.locale())
        .withZone(ZoneId.systemDefault())
        .format(at);
  }

  /// `at most 2 runs, 10 minutes, 5 rows`: what an approval was narrowed to; empty when it was not.
  public static String conditions(Conditions set, Messages messages) {
    List<String> parts = new ArrayList<>();
    set.executions().ifPresent(runs -> parts.add(messages.count("condition.runs", runs)));
    set.within().ifPresent(within -> parts.add(span(within, messages)));
    set.rows().ifPresent(rows -> parts.add(messages.count("condition.rows", rows)));
    return parts.isEmpty() ? "" : messages.text("condition.most", String.join(", ", parts));
  }

  /// Who approved last, in what words, and what all who approved narrowed it to.
  public static String approved(ApprovalRequest request, Messages messages) {
    String conditions = conditions(request.conditions(), messages);
    String words = lastReview(request, messages);
    return conditions.isEmpty() ? words : words + ", " + conditions;
  }

  /// Who decided last and with what words; empty while nobody did.
  public static String lastReview(ApprovalRequest request, Messages messages) {
    if (request.reviews().isEmpty()) {
      return "";
    }
    Review last = request.reviews().getLast();
    String words = reviewed(last, messages);
    return last.comment().isBlank() ? words : words + " “" + last.comment() + "”";
  }

  /// `Approved by Olga Owner`.
  public static String reviewed(Review review, Messages messages) {
    String key =
        review.verdict() == Review.Verdict.APPROVE ? "request.approved.by" : "request.rejected.by";
    return messages.text(key, review.reviewer().displayName());
  }
}
