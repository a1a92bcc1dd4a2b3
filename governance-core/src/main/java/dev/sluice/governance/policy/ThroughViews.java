package dev.sluice.governance.policy;

import dev.sluice.governance.sql.AtSourceRewriter;
import dev.sluice.governance.sql.AtSourceRewriter.Rewrite;
import dev.sluice.governance.sql.AtSourceRewriter.Substitute;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Leads a statement to the masked views of a database that masks by itself. Names without a schema
/// find them by the session's search path; names with one are rewritten.
final class ThroughViews {

  /// What became of the text.
  sealed interface Outcome {
    record Sent(String text) implements Outcome {}

    /// It does what a view cannot do like its table.
    record Refused(String why, List<Span> spans, WayOut wayOut) implements Outcome {
      public Refused {
        spans = List.copyOf(spans);
      }
    }
  }

  private ThroughViews() {}

  static Outcome of(DecisionRequest request, Optional<AtSourceRewriter> rewriter) {
    String printed = request.analysis().printed().orElseThrow();
    List<Substitute> views = new ArrayList<>();
    request
        .catalog()
        .standIns()
        .forEach((table, view) -> views.add(new Substitute.Shadowed(table, view)));
    if (views.isEmpty()) {
      return new Outcome.Sent(printed);
    }
    if (rewriter.isEmpty()) {
      return new Outcome.Refused(
          "Statements cannot be led to masked views here.",
          List.of(),
          new WayOut.Advice("Tell the people who run Sluice; nothing was sent."));
    }
    return switch (rewriter
        .get()
        .rewrite(printed, request.analysis().dialect(), request.catalog(), views)) {
      case Rewrite.Unchanged unchanged -> new Outcome.Sent(printed);
      case Rewrite.Rewritten rewritten -> new Outcome.Sent(rewritten.text());
      case Rewrite.Refused refused -> refused(request, printed, refused.refusal());
    };
  }

  private static Outcome refused(DecisionRequest request, String printed, Refusal refusal) {
    boolean sameText = printed.equals(request.analysis().statement().text());
    return new Outcome.Refused(
        refusal.message(),
        sameText ? List.of(refusal.span()) : List.of(),
        new WayOut.Advice(refusal.wayOut()));
  }
}
