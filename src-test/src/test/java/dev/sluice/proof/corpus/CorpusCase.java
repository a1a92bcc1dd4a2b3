package dev.sluice.proof.corpus;

import java.util.List;
import java.util.Map;

/// One case of a corpus file.
///
/// @param title what it shows, unique in its file
/// @param line of the `case` line, from 1
/// @param settings of the file, with those of the case over them
/// @param body the text above `----`
/// @param expected the lines below it
record CorpusCase(
    String title, int line, Map<String, String> settings, String body, List<String> expected) {
  CorpusCase {
    settings = Map.copyOf(settings);
    expected = List.copyOf(expected);
  }

  /// A setting that must be there.
  String setting(String key) {
    String value = settings.get(key);
    if (value == null) {
      throw new CorpusException("line " + line + ": the setting '" + key + "' is missing");
    }
    return value;
  }

  /// A setting with a default.
  String setting(String key, String fallback) {
    return settings.getOrDefault(key, fallback);
  }
}
