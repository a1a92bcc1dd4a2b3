package dev.sluice.server.http;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.server.ledger.Erasures;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.ledger.LedgerExport;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The routes of the log: proofs, verification, export, erasure.
public final class LedgerRoutes {

  private final Ledger ledger;
  private final LedgerExport export;
  private final Erasures erasures;

  public LedgerRoutes(Ledger ledger, LedgerExport export, Erasures erasures) {
    this.ledger = ledger;
    this.export = export;
    this.erasures = erasures;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/log/proof", Access.SIGNED_IN, this::logProof).asks("since"),
        Route.get("/v1/log/inclusion", Access.SIGNED_IN, this::inclusion).asks("sequence"),
        Route.post("/v1/log/verification", Access.SIGNED_IN, e -> e.answer(ledger.verify())),
        Route.get("/v1/log/export", Access.AUDITOR, this::exportLog),
        Route.get("/v1/erasures", Access.SERVER_ADMIN, e -> e.answer(erasures.list())),
        Route.post("/v1/erasures", Access.SERVER_ADMIN, this::askErasure)
            .takes(Erasures.NewErasure.class)
            .afterFreshSignIn(),
        Route.post(
                "/v1/erasures/{id}/confirmation",
                Access.SERVER_ADMIN,
                e -> e.answer(erasures.confirm(e.session(), e.path("id"))))
            .afterFreshSignIn());
  }

  private void askErasure(Exchange exchange) throws JsonCodec.MalformedJson {
    exchange.answer(
        201, erasures.ask(exchange.session(), exchange.body(Erasures.NewErasure.class)));
  }

  private void logProof(Exchange exchange) {
    exchange.answer(ledger.proofSince(exchange.number("since", 0)));
  }

  private void inclusion(Exchange exchange) {
    exchange.answer(ledger.inclusion(exchange.number("sequence", 0)));
  }

  private void exportLog(Exchange exchange) {
    exchange.context().contentType("application/jsonl; charset=utf-8");
    try (Writer out =
        new OutputStreamWriter(
            exchange.context().res().getOutputStream(), StandardCharsets.UTF_8)) {
      export.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("The reader of the export went away.", e);
    }
  }
}
