package dev.sluice.proof.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A corpus file, strictly read.
///
/// @param path where it stands
/// @param cases in order, at least one
/// @param blocks the text as written up to and including each `----`, one for each case
record CorpusFile(Path path, List<CorpusCase> cases, List<String> blocks) {

  static final String DIVIDER = "----";

  CorpusFile {
    cases = List.copyOf(cases);
    blocks = List.copyOf(blocks);
  }

  /// Reads a file.
  ///
  /// @throws CorpusException for anything but the form that the package documentation states
  static CorpusFile read(Path path, CorpusEvaluator evaluator) throws IOException {
    return new Reader(path, Files.readAllLines(path), evaluator).read();
  }

  /// Writes the file again with these answers.
  void record(List<List<String>> answers) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < cases.size(); index++) {
      text.append(blocks.get(index)).append('\n');
      answers.get(index).forEach(line -> text.append(line).append('\n'));
      if (index < cases.size() - 1) {
        text.append('\n');
      }
    }
    Files.writeString(path, text);
  }

  private static final class Reader {
    private final Path path;
    private final List<String> lines;
    private final CorpusEvaluator evaluator;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<CorpusCase> cases = new ArrayList<>();
    private final List<String> blocks = new ArrayList<>();
    private final Set<String> titles = new HashSet<>();
    private int at;

    Reader(Path path, List<String> lines, CorpusEvaluator evaluator) {
      this.path = path;
      this.lines = lines;
      this.evaluator = evaluator;
    }

    CorpusFile read() {
      int blockStart = 0;
      if (lines.isEmpty() || !lines.getFirst().startsWith("# ")) {
        throw problem(0, "a file begins with '# ' and its idea in words");
      }
      while (at < lines.size() && !lines.get(at).startsWith("case ")) {
        String line = lines.get(at);
        if (!line.isBlank() && !line.startsWith("#")) {
          setting(line, settings);
        }
        at++;
      }
      while (at < lines.size()) {
        blockStart = readCase(blockStart);
      }
      if (cases.isEmpty()) {
        throw problem(at, "a file has at least one case");
      }
      return new CorpusFile(path, cases, blocks);
    }

    private int readCase(int blockStart) {
      int caseLine = at;
      String line = lines.get(at);
      if (!line.startsWith("case ") || line.substring(5).isBlank()) {
        throw problem(at, "expected 'case TITLE'");
      }
      String title = line.substring(5).strip();
      if (!titles.add(title)) {
        throw problem(at, "a second case is called '" + title + "'");
      }
      at++;
      Map<String, String> own = new LinkedHashMap<>(settings);
      while (at < lines.size() && lines.get(at).startsWith("@")) {
        setting(lines.get(at).substring(1), own);
        at++;
      }
      int bodyStart = at;
      while (at < lines.size() && !lines.get(at).equals(DIVIDER)) {
        at++;
      }
      if (at == lines.size()) {
        throw problem(caseLine, "the case has no line '" + DIVIDER + "'");
      }
      String body = String.join("\n", lines.subList(bodyStart, at));
      if (body.isBlank()) {
        throw problem(caseLine, "the case has no text");
      }
      blocks.add(String.join("\n", lines.subList(blockStart, at + 1)));
      at++;
      List<String> expected = new ArrayList<>();
      while (at < lines.size() && !lines.get(at).isBlank()) {
        String answer = lines.get(at);
        String word = answer.split(" ", 2)[0];
        if (!evaluator.answers().contains(word)) {
          throw problem(at, "'" + word + "' is no answer of this kind of corpus");
        }
        expected.add(answer);
        at++;
      }
      while (at < lines.size() && lines.get(at).isBlank()) {
        at++;
      }
      cases.add(new CorpusCase(title, caseLine + 1, own, body, expected));
      return at;
    }

    private void setting(String line, Map<String, String> into) {
      String[] parts = line.strip().split(" ", 2);
      if (parts.length != 2 || !evaluator.settings().contains(parts[0])) {
        throw problem(at, "'" + parts[0] + "' is no setting, or has no value");
      }
      into.put(parts[0], parts[1].strip());
    }

    private CorpusException problem(int index, String message) {
      return new CorpusException(path + ":" + (index + 1) + ": " + message);
    }
  }
}
