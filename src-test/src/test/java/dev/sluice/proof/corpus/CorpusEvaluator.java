package dev.sluice.proof.corpus;

import java.util.List;
import java.util.Set;

/// Answers the cases of one kind of corpus.
interface CorpusEvaluator {

  /// Settings that a file or a case of this kind may have.
  Set<String> settings();

  /// First words of answer lines.
  Set<String> answers();

  /// The answer lines of a case, in a fixed order.
  List<String> evaluate(CorpusCase corpusCase);
}
