package dev.sluice.app.studio;

import dev.sluice.governance.policy.PolicyKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where in a policy's structure a caret stands, told by indentation: enough for completion in a
/// text that is being written and therefore seldom valid.
///
/// @param path keys from the top to the mapping around the caret, [PolicyKeys#ITEM] for list items
/// @param key the key before a colon on the caret's line, empty when a key is being written
/// @param typed what was typed of the word at the caret
record YamlPlace(List<String> path, String key, String typed) {

  private static final Pattern KEY =
      Pattern.compile("^(\\s*)((?:- +)*)([\\p{L}\\p{N}_.*-]+):(.*)$");
  private static final Pattern DASHES = Pattern.compile("^(\\s*)((?:- *)+)");

  static YamlPlace of(String text, int caret) {
    String[] lines = text.substring(0, caret).split("\n", -1);
    String line = lines[lines.length - 1];
    Matcher own = KEY.matcher(line);
    String key = own.matches() ? own.group(3) : "";
    String value = own.matches() ? own.group(4) : line;
    String typed = value.strip().replaceFirst("^(?:- *)+", "");
    List<String> path = new ArrayList<>();
    int depth = indent(line);
    if (DASHES.matcher(line).lookingAt()) {
      path.addFirst(PolicyKeys.ITEM);
      depth = leading(line);
    }
    for (int at = lines.length - 2; at >= 0; at--) {
      depth = climb(lines[at], depth, path);
    }
    return new YamlPlace(List.copyOf(path), key, typed);
  }

  private static int climb(String line, int depth, List<String> path) {
    if (line.isBlank() || line.strip().startsWith("#")) {
      return depth;
    }
    Matcher matcher = KEY.matcher(line);
    int leading = leading(line);
    boolean item = DASHES.matcher(line).lookingAt();
    boolean sibling = path.isEmpty() || !path.getFirst().equals(PolicyKeys.ITEM);
    if (item && indent(line) == depth && sibling) {
      // The first key of the list item that the caret stands in.
      path.addFirst(PolicyKeys.ITEM);
      return leading;
    }
    boolean parent =
        matcher.matches()
            && matcher.group(4).isBlank()
            && (indent(line) < depth || (indent(line) == depth && isItem(path) && !item));
    if (!parent) {
      return depth;
    }
    path.addFirst(matcher.group(3));
    if (item) {
      path.addFirst(PolicyKeys.ITEM);
      return leading;
    }
    return indent(line);
  }

  private static boolean isItem(List<String> path) {
    return !path.isEmpty() && path.getFirst().equals(PolicyKeys.ITEM);
  }

  private static int leading(String line) {
    int at = 0;
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  /// Where the words of a line begin, after dashes.
  private static int indent(String line) {
    Matcher dashes = DASHES.matcher(line);
    return dashes.lookingAt() ? dashes.end() : leading(line);
  }

  /// What may be written here.
  List<String> suggestions() {
    if (!key.isEmpty()) {
      List<String> whole = new ArrayList<>(path);
      whole.add(key);
      return PolicyKeys.values(whole).stream().filter(word -> word.startsWith(typed)).toList();
    }
    return PolicyKeys.at(path).keySet().stream()
        .filter(word -> word.startsWith(typed))
        .map(word -> word + ": ")
        .toList();
  }
}
