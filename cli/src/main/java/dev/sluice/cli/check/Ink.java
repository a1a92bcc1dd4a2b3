package dev.sluice.cli.check;

/// How words are set off on a terminal. The words alone say everything; colour only helps the eye.
public enum Ink {
  PLAIN,
  COLOURED;

  String good(String text) {
    return in("32;1", text);
  }

  String careful(String text) {
    return in("33;1", text);
  }

  String bad(String text) {
    return in("31;1", text);
  }

  String bold(String text) {
    return in("1", text);
  }

  String faint(String text) {
    return in("2", text);
  }

  private String in(String code, String text) {
    return this == COLOURED ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
