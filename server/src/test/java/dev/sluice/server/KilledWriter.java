package dev.sluice.server;

import dev.sluice.governance.codec.wire.Receipt;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.server.store.StoreConfig;
import java.nio.file.Path;
import java.util.Set;

/// Writes to a log until it is killed; says each receipt as soon as it has it.
final class KilledWriter {

  private static final int SENDERS = 16;

  private KilledWriter() {}

  /// `sqlite FILE KEYS` or `postgresql URL KEYS`.
  public static void main(String[] arguments) {
    StoreConfig store =
        arguments[0].equals("sqlite")
            ? new StoreConfig.Sqlite(Path.of(arguments[1]))
            : new StoreConfig.PostgreSql(arguments[1], "postgres", "postgres");
    BareLog.Bench bench = new BareLog.Bench(store, ServerKeys.loadOrCreate(Path.of(arguments[2])));
    for (int sender = 0; sender < SENDERS; sender++) {
      int who = sender;
      Thread.ofPlatform()
          .start(
              () -> {
                for (int i = 0; ; i++) {
                  StatementIntent intent = TestServer.reading("SELECT " + who + ", " + i);
                  Receipt receipt =
                      bench.statements.intent(
                          BareLog.session(who), intent, Set.of(), transaction -> {});
                  synchronized (KilledWriter.class) {
                    System.out.println(receipt.eventId() + " " + receipt.sequence());
                    System.out.flush();
                  }
                  if (i % 7 == 0) {
                    bench.ledger.keepCheckpoint();
                  }
                }
              });
    }
  }
}
