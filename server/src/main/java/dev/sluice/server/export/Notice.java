package dev.sluice.server.export;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.audit.CanonicalJson;
import dev.sluice.server.ledger.EntryWords;
import java.util.List;
import java.util.Map;

/// What people read of an event where they chat. Never a statement: a chat room is not where it
/// belongs.
final class Notice {

  private Notice() {}

  static String words(AuditEvent event) {
    String who = Ocsf.text(event, "actorName");
    String name = who.isEmpty() ? event.subject() : who;
    String connection = Ocsf.text(event, "connection");
    String on = connection.isEmpty() ? "" : " on " + connection;
    String rule = Ocsf.text(event, "rule");
    String because = rule.isEmpty() ? "" : " (rule " + rule + ")";
    return switch (event.kind()) {
      case "approval.requested" ->
          name + " asks for approval" + on + because + ". Open Sluice to decide.";
      case "approval.reviewed" ->
          name
              + (Ocsf.text(event, "verdict").equals("REJECT") ? " rejected" : " approved")
              + " a request"
              + on
              + (event.fields().get("conditions") instanceof List<?> set && !set.isEmpty()
                  ? ", under conditions"
                  : "")
              + ".";
      case "grant.redeemed" -> name + " runs an approved statement" + on + ".";
      case "statement.refused" -> "A statement of " + name + on + " was refused" + because + ".";
      case "statement.disowned" ->
          name
              + " says that a statement run under their name"
              + on
              + " was not theirs. Open Sluice, look at their sessions, and talk to them.";
      case "policy.published" -> name + " published a policy.";
      case "webhook.tried" -> name + " tries whether Sluice reaches this place. It does.";
      default -> EntryWords.title(event) + on + because + ", " + name + ".";
    };
  }

  static String slack(String words) {
    return CanonicalJson.write(
        Map.of("text", words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")));
  }

  /// An adaptive card, as workflow webhooks of Teams take it.
  static String teams(String words) {
    return CanonicalJson.write(
        Map.of(
            "type",
            "message",
            "attachments",
            List.of(
                Map.of(
                    "contentType",
                    "application/vnd.microsoft.card.adaptive",
                    "content",
                    Map.of(
                        "$schema",
                        "http://adaptivecards.io/schemas/adaptive-card.json",
                        "type",
                        "AdaptiveCard",
                        "version",
                        "1.4",
                        "body",
                        List.of(
                            Map.of("type", "TextBlock", "text", plain(words), "wrap", true)))))));
  }

  /// Nothing in a name becomes markup.
  private static String plain(String words) {
    return words.replaceAll("([\\\\`*_\\[\\]<>#])", "\\\\$1");
  }
}
