package dev.sluice.app.fake;

import dev.sluice.gateway.workspace.StatementVerdict;
import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.Proof;
import dev.sluice.governance.policy.TestPermits;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Decides by the first words: enough to show every kind of verdict.
final class FakeDecisions {

  static final ApproverRule OWNERS =
      new ApproverRule(
          Set.of("group:data-owners"),
          1,
          Duration.ofHours(24),
          Duration.ofMinutes(30),
          1,
          Optional.empty());

  private FakeDecisions() {}

  static StatementVerdict decide(StatementText statement, ConnectionContext connection) {
    String text = statement.text();
    String folded = text.toLowerCase(Locale.ROOT).strip();
    if (folded.startsWith("drop") || folded.startsWith("truncate")) {
      return denied(
          statement,
          connection,
          "no-destructive-ddl-in-production",
          "Tables are never dropped from a workbench in production; schema changes go through the"
              + " release pipeline.",
          List.of(new Span(0, text.length())),
          List.of(
              new WayOut.OtherConnection("Run it on shop-dev instead", "shop-dev"),
              new WayOut.Advice("Ask the platform team for a migration.")),
          EffectKind.DROP);
    }
    if (folded.startsWith("update") && !folded.contains("where")
        || folded.startsWith("delete") && !folded.contains("where")) {
      return denied(
          statement,
          connection,
          "writes-need-a-condition",
          "This would change every row of the table.",
          List.of(new Span(0, text.length())),
          List.of(
              new WayOut.Fix(
                  "Add WHERE id = …", new Span(text.length(), text.length()), " WHERE id = "),
              new WayOut.AskApproval("Request approval", OWNERS)),
          EffectKind.UPDATE);
    }
    if (folded.startsWith("update") || folded.startsWith("delete") || folded.startsWith("insert")) {
      Proof proof =
          new Proof(
              "writes-in-production",
              List.of("writes-in-production"),
              "Changes to production data are looked at by a data owner first.",
              List.of(new Span(0, Math.min(6, text.length()))),
              List.of(new WayOut.AskApproval("Request approval", OWNERS)),
              12);
      return new StatementVerdict(
          analysis(
              statement,
              List.of(
                  new Effect(
                      folded.startsWith("delete") ? EffectKind.DELETE : EffectKind.UPDATE,
                      List.of("public.orders"),
                      true)),
              List.of(),
              List.of()),
          new Decision.NeedsApproval(OWNERS, MaskingPlan.none(), proof));
    }
    if (folded.startsWith("select") || folded.startsWith("with") || folded.startsWith("table")) {
      return allowed(statement, connection, folded);
    }
    Refusal refusal =
        new Refusal(
            "unexpected-word",
            "“" + text.split("\\s")[0] + "” does not begin a statement.",
            new Span(0, Math.min(text.length(), text.split("\\s")[0].length())),
            "Check the spelling.");
    Proof proof =
        new Proof(
            "not-understood", List.of(), refusal.message(), List.of(refusal.span()), List.of(), 12);
    return new StatementVerdict(
        analysis(
            statement, List.of(Effect.of(EffectKind.UNRECOGNISED)), List.of(), List.of(refusal)),
        new Decision.Deny(proof));
  }

  private static StatementVerdict allowed(
      StatementText statement, ConnectionContext connection, String folded) {
    List<ColumnMask> masks = new ArrayList<>();
    List<OutputColumn> columns = new ArrayList<>();
    List<String> labels = labels(folded);
    int star = statement.text().indexOf('*');
    for (int i = 0; i < labels.size(); i++) {
      Span span = star >= 0 ? new Span(star, star + 1) : spanOf(statement.text(), labels.get(i));
      columns.add(new OutputColumn(i, labels.get(i), true, Set.of(), Set.of(), true, span));
      if (labels.get(i).equals("email")
          || folded.contains("lower(email) x") && labels.get(i).equals("x")) {
        masks.add(
            new ColumnMask(
                i, Set.of("pii.email"), Set.of(FakeCatalog.EMAIL), MaskSpec.of("email"), false));
      } else if (labels.get(i).equals("national_id")) {
        masks.add(
            new ColumnMask(
                i,
                Set.of("pii.national-id"),
                Set.of(FakeCatalog.NATIONAL_ID),
                MaskSpec.of("keep-last"),
                false));
      } else if (labels.get(i).equals("card_number")) {
        masks.add(
            new ColumnMask(
                i,
                Set.of("pci.card"),
                Set.of(new ColumnRef(new TableRef("public", "payments"), "card_number")),
                MaskSpec.of("card"),
                false));
      }
    }
    StatementAnalysis analysis =
        analysis(
            statement, List.of(Effect.of(EffectKind.READ, "public.customers")), columns, List.of());
    Proof proof =
        new Proof(
            masks.isEmpty() ? "analysts-read" : "mask:pii",
            List.of("analysts-read"),
            masks.isEmpty() ? "Analysts may read." : "Personal data is masked for analysts.",
            List.of(),
            List.of(),
            12);
    return new StatementVerdict(
        analysis,
        new Decision.Allow(
            TestPermits.permit(analysis, connection, new MaskingPlan(labels, masks)), proof));
  }

  private static Span spanOf(String text, String label) {
    int at = text.toLowerCase(Locale.ROOT).indexOf(label);
    return at < 0 ? new Span(0, 0) : new Span(at, at + label.length());
  }

  static List<String> labels(String folded) {
    if (folded.contains("lower(email) x")) {
      return List.of("x");
    }
    if (folded.contains("from wide")) {
      List<String> labels = new ArrayList<>();
      for (int i = 0; i < 5000; i++) {
        labels.add("column_" + i);
      }
      return labels;
    }
    if (folded.contains("from million")) {
      return List.of("id", "a", "b", "c", "d", "e", "f", "g", "h", "i");
    }
    if (folded.contains("orders")) {
      return List.of("id", "customer_id", "status", "total", "ordered_at");
    }
    if (folded.contains("payments")) {
      return List.of("id", "order_id", "card_number", "amount", "paid_at");
    }
    if (folded.contains("customers")) {
      return List.of(
          "id",
          "name",
          "email",
          "national_id",
          "city",
          "segment",
          "created_at",
          "credit_limit",
          "note");
    }
    return List.of("result");
  }

  private static StatementVerdict denied(
      StatementText statement,
      ConnectionContext connection,
      String rule,
      String reason,
      List<Span> spans,
      List<WayOut> ways,
      EffectKind kind) {
    Proof proof = new Proof(rule, List.of(rule), reason, spans, ways, 12);
    return new StatementVerdict(
        analysis(statement, List.of(Effect.of(kind, "public.orders")), List.of(), List.of()),
        new Decision.Deny(proof));
  }

  private static StatementAnalysis analysis(
      StatementText statement,
      List<Effect> effects,
      List<OutputColumn> columns,
      List<Refusal> refusals) {
    return new StatementAnalysis(
        statement,
        Dialect.POSTGRESQL,
        "SELECT",
        refusals.isEmpty(),
        refusals.isEmpty(),
        Optional.of(statement.text()),
        effects,
        List.of(FakeCatalog.ORDERS),
        columns,
        List.of(),
        List.of(),
        OptionalLong.empty(),
        refusals);
  }
}
