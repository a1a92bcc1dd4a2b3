package dev.sluice.app.studio;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Small changes to a policy's text that leave everything else, comments too, as it was written.
final class PolicyText {

  private static final Pattern VERSION = Pattern.compile("(?m)^version:[ \\t]*[0-9]+");
  private static final Pattern MODE = Pattern.compile("(?m)^mode:[ \\t]*\\w+");

  private PolicyText() {}

  /// The text as another version.
  static String asVersion(String yaml, long version) {
    return VERSION.matcher(yaml).replaceFirst("version: " + version);
  }

  static boolean observes(String yaml) {
    Matcher mode = MODE.matcher(yaml);
    return mode.find() && mode.group().endsWith("observe");
  }

  /// The text with the whole policy enforced or only observed.
  static String observing(String yaml, boolean observe) {
    String line = "mode: " + (observe ? "observe" : "enforce");
    Matcher mode = MODE.matcher(yaml);
    if (mode.find()) {
      return mode.replaceFirst(line);
    }
    Matcher version = VERSION.matcher(yaml);
    return version.find()
        ? yaml.substring(0, version.end()) + "\n" + line + yaml.substring(version.end())
        : line + "\n" + yaml;
  }

  /// The offset of a line and column, both from 1, in a text.
  static int offset(String text, int line, int column) {
    List<String> lines = text.lines().toList();
    int offset = 0;
    for (int at = 0; at < Math.min(line - 1, lines.size()); at++) {
      offset += lines.get(at).length() + 1;
    }
    int length = line - 1 < lines.size() ? lines.get(line - 1).length() : 0;
    return Math.min(text.length(), offset + Math.clamp(column - 1, 0, length));
  }
}
