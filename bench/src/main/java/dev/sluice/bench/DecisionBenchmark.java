package dev.sluice.bench;

import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// From the text of a statement to its decision.
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecisionBenchmark {

  /// Whose kind of statements.
  public enum Size {
    EVERYDAY,
    REPORT
  }

  @Param({"EVERYDAY", "REPORT"})
  Size size = Size.EVERYDAY;

  @Param({"10", "10000"})
  int rules;

  private Core core;
  private List<String> statements;
  private List<StatementAnalysis> analyses;
  private int next;

  @Setup
  public void prepare() throws Exception {
    core = new Core(Core.shop(), Policies.of(rules));
    statements = size == Size.EVERYDAY ? Statements.EVERYDAY : Statements.REPORTS;
    analyses = statements.stream().map(core::analyse).toList();
    for (StatementAnalysis analysis : analyses) {
      // What is refused is refused early: it would make the figures look better than they are.
      if (core.decide(analysis) instanceof Decision.Deny deny) {
        throw new IllegalStateException(deny.proof().reason());
      }
    }
    Warmth.reach(this::analysisAndDecision);
    Warmth.reach(this::decision);
  }

  @TearDown
  public void close() {
    core.close();
  }

  @Benchmark
  public Decision analysisAndDecision() {
    next = (next + 1) % statements.size();
    return core.decide(core.analyse(statements.get(next)));
  }

  @Benchmark
  public Decision decision() {
    next = (next + 1) % analyses.size();
    return core.decide(analyses.get(next));
  }
}
