package dev.sluice.governance.sql;

/// The wording of every lexical problem, in one place.
final class LexicalProblems {
  private LexicalProblems() {}

  private static LexicalProblem of(String code, String message, int start, int end, String wayOut) {
    return new LexicalProblem(code, message, new Span(start, end), wayOut);
  }

  static LexicalProblem tooLong(int length, int limit) {
    return of(
        "text-too-long",
        "The text has " + length + " characters; at most " + limit + " are read.",
        0,
        length,
        "Split the script, or load data with an import instead of statements.");
  }

  static LexicalProblem unterminated(String what, int start, int end) {
    return of(
        "unterminated-" + what.replace(' ', '-'),
        "This " + what + " is never closed.",
        start,
        end,
        "Close it, or remove the mark that opens it.");
  }

  static LexicalProblem character(int codePoint, int start, int end, String why) {
    return of(
        "refused-character",
        String.format(java.util.Locale.ROOT, "The character U+%04X %s.", codePoint, why),
        start,
        end,
        "Delete it or type an ordinary blank.");
  }

  static LexicalProblem bareCarriageReturn(int start) {
    return of(
        "bare-carriage-return",
        "A carriage return without a line feed ends a line for some servers and not for others.",
        start,
        start + 1,
        "Use line feeds.");
  }

  static LexicalProblem unexpected(String text, int start, int end) {
    return of(
        "unexpected-character",
        "`" + text + "` cannot stand here in this dialect.",
        start,
        end,
        "Remove it or put it in quotes.");
  }

  static LexicalProblem executableComment(int start, int end) {
    return of(
        "executable-comment",
        "The server runs what this comment holds.",
        start,
        end,
        "Write the statement out, or remove the comment.");
  }

  static LexicalProblem nestedComment(int start, int end) {
    return of(
        "nested-comment",
        "A comment inside a comment ends at different places on different servers.",
        start,
        end,
        "Use one comment.");
  }

  static LexicalProblem ambiguousBackslash(int start, int end) {
    return of(
        "ambiguous-backslash",
        "A backslash before a quote ends this string on some servers and not on others.",
        start,
        end,
        "Double the quote instead.");
  }

  static LexicalProblem escape(int start, int end) {
    return of(
        "bad-escape",
        "This escape names no character that can be read with certainty.",
        start,
        end,
        "Write the character itself.");
  }

  static LexicalProblem emptyName(int start, int end) {
    return of("empty-name", "A name in quotes must not be empty.", start, end, "Name it.");
  }

  static LexicalProblem nameTooLong(int start, int end) {
    return of(
        "name-too-long",
        "The server would cut this name after 63 bytes.",
        start,
        end,
        "Use a shorter name.");
  }

  static LexicalProblem junkAfterNumber(int start, int end) {
    return of(
        "junk-after-number",
        "A number is followed by letters without a blank.",
        start,
        end,
        "Put a blank between them, or quote the name.");
  }

  static LexicalProblem tooDeep(int start, int limit) {
    return of(
        "nesting-too-deep",
        "Brackets are nested more than " + limit + " levels deep.",
        start,
        start + 1,
        "Flatten the expression.");
  }

  static LexicalProblem backslashCommand(int start, int end) {
    return of(
        "client-command",
        "Backslash commands belong to the psql client; the server does not know them.",
        start,
        end,
        "Remove the line.");
  }

  static LexicalProblem positionalReference(int start, int end) {
    return of(
        "positional-reference",
        "A column given by its position cannot be followed to its source.",
        start,
        end,
        "Name the column.");
  }

  static LexicalProblem batchCount(int start, int end) {
    return of(
        "batch-count",
        "GO with a number would run the batch several times.",
        start,
        end,
        "Use GO alone.");
  }

  static LexicalProblem badDelimiter(int start, int end) {
    return of(
        "bad-delimiter",
        "DELIMITER needs a mark without backslash or quotes.",
        start,
        end,
        "Write for example `DELIMITER //`.");
  }

  static LexicalProblem tooManyStatements(int start, int end, int limit) {
    return of(
        "too-many-statements",
        "The script has more than " + limit + " statements.",
        start,
        end,
        "Split the script.");
  }
}
