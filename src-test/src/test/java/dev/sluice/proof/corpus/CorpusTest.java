package dev.sluice.proof.corpus;

import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementAnalyzers;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class CorpusTest {

  static final StatementAnalyzer ANALYZER =
      StatementAnalyzers.standard(ParserWorker.onCallerThread());

  @TestFactory
  Stream<DynamicNode> approval() throws IOException {
    return Corpus.tests("approval", new ApprovalEvaluator());
  }

  @TestFactory
  Stream<DynamicNode> audit() throws IOException {
    return Corpus.tests("audit", new AuditEvaluator());
  }

  @TestFactory
  Stream<DynamicNode> masking() throws IOException {
    return Corpus.tests("masking", new MaskingEvaluator());
  }

  @TestFactory
  Stream<DynamicNode> analysis() throws IOException {
    return Corpus.tests("analysis", new AnalysisEvaluator(ANALYZER));
  }

  @TestFactory
  Stream<DynamicNode> decision() throws IOException {
    return Corpus.tests("decision", new DecisionEvaluator(ANALYZER));
  }
}
