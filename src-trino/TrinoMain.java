import static io.trino.testing.TestingSession.testSessionBuilder;

import io.trino.plugin.memory.MemoryPlugin;
import io.trino.plugin.tpch.TpchPlugin;
import io.trino.testing.DistributedQueryRunner;
import java.io.PrintStream;
import java.util.Map;

/// A real Trino server on a free port: `tpch` with its generated data, and `memory`, which can be
/// written. Prints `TRINO <address>` when it is up, and ends when its input ends.
public final class TrinoMain {

  private TrinoMain() {}

  public static void main(String[] args) throws Exception {
    // Trino turns System.out into a log.
    PrintStream out = System.out;
    DistributedQueryRunner server =
        DistributedQueryRunner.builder(
                testSessionBuilder().setCatalog("memory").setSchema("default").build())
            .setWorkerCount(0)
            .build();
    server.installPlugin(new TpchPlugin());
    server.createCatalog("tpch", "tpch", Map.of());
    server.installPlugin(new MemoryPlugin());
    server.createCatalog("memory", "memory", Map.of());
    for (String statement : args) {
      server.execute(statement);
    }
    out.println("TRINO " + server.getCoordinator().getBaseUrl());
    out.flush();
    while (System.in.read() >= 0) {
      // The test holds the other end.
    }
    server.close();
    System.exit(0);
  }
}
