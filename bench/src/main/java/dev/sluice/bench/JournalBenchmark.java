package dev.sluice.bench;

import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.journal.StatementEvents;
import dev.sluice.governance.audit.ChainedEvent;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.StatementAnalysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Writing an intent durably, one at a time: what a statement waits for before it is sent.
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JournalBenchmark {

  private final Actor analyst =
      new Actor.Person(new Principal("local", "ann", null, "Ann", Set.of("analysts"), Set.of()));
  private Path folder;
  private Journal journal;
  private StatementAnalysis analysis;
  private Decision decision;

  @Setup
  public void open() throws IOException, Journal.JournalProblem {
    folder = Files.createTempDirectory("sluice-bench");
    journal = SqliteJournal.open(folder.resolve("journal.db"));
    try (Core core = new Core(Core.shop(), Policies.of(10))) {
      analysis = core.analyse(Statements.EVERYDAY.getFirst());
      decision = core.decide(analysis);
    }
  }

  @TearDown
  public void close() throws IOException {
    journal.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Benchmark
  public ChainedEvent append() throws Journal.JournalProblem {
    return journal.append(
        StatementEvents.intent(
            StatementEvents.newId(), Instant.now(), analyst, "shop", analysis, decision, "bench"));
  }
}
