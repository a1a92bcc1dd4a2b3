package dev.sluice.papers;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Cuts shell text into simple commands and their words: enough for what pages show.
/// Here-documents, comments, redirections and assignments are left out.
final class ShellWords {

  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");
  private static final Pattern HERE = Pattern.compile("<<-?\\s*['\"]?([A-Za-z]+)['\"]?");

  private final List<List<String>> commands = new ArrayList<>();
  private List<String> words = new ArrayList<>();

  private ShellWords() {}

  static List<List<String>> commands(String text) {
    ShellWords shell = new ShellWords();
    String end = "";
    for (String line : text.replace("\\\n", " ").split("\n", -1)) {
      if (!end.isEmpty()) {
        end = line.strip().equals(end) ? "" : end;
        continue;
      }
      java.util.regex.Matcher here = HERE.matcher(line);
      if (here.find()) {
        end = here.group(1);
      }
      shell.line(line);
      shell.finish();
    }
    return shell.commands;
  }

  private void line(String line) {
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int at = 0; at < line.length(); at++) {
      char letter = line.charAt(at);
      if (quote != 0) {
        if (letter == quote) {
          quote = 0;
        } else {
          word.append(letter);
        }
      } else if (letter == '\'' || letter == '"') {
        quote = letter;
        begun = true;
      } else if (Character.isWhitespace(letter) || "|&;<>".indexOf(letter) >= 0) {
        add(word, begun);
        begun = false;
        if ("|&;".indexOf(letter) >= 0) {
          finish();
        } else if (letter == '<' || letter == '>') {
          words.add(">");
        }
      } else if (letter == '#' && !begun) {
        break;
      } else {
        word.append(letter);
        begun = true;
      }
    }
    add(word, begun);
  }

  private void add(StringBuilder word, boolean begun) {
    if (begun) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private void finish() {
    List<String> kept = new ArrayList<>();
    for (int index = 0; index < words.size(); index++) {
      if (words.get(index).equals(">")) {
        index += index + 1 < words.size() && words.get(index + 1).equals(">") ? 2 : 1;
      } else if (!kept.isEmpty() || !ASSIGNMENT.matcher(words.get(index)).matches()) {
        kept.add(words.get(index));
      }
    }
    if (!kept.isEmpty()) {
      commands.add(kept);
    }
    words = new ArrayList<>();
  }
}
