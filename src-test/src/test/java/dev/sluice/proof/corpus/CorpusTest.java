package dev.sluice.proof.corpus;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class CorpusTest {

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
}
