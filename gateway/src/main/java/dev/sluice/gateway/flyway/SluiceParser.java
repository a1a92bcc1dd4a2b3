package dev.sluice.gateway.flyway;

import java.io.IOException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.parser.ParserContext;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.parser.PeekingReader;
import org.flywaydb.core.internal.parser.Token;
import org.flywaydb.core.internal.parser.TokenType;

/// Cuts a migration at its semicolons, outside of texts, comments and `$tag$...$tag$`. Where it cut
/// wrongly, the core reads more than one statement and refuses.
final class SluiceParser extends Parser {

  private static final int LOOK_AHEAD = 3;
  private static final char DOLLAR = '$';

  SluiceParser(Configuration configuration, ParsingContext context) {
    super(configuration, context, LOOK_AHEAD);
  }

  @Override
  protected char getAlternativeStringLiteralQuote() {
    return DOLLAR;
  }

  @Override
  protected Token handleAlternativeStringLiteral(
      PeekingReader reader, ParserContext context, int position, int line, int column)
      throws IOException {
    String tag = (char) reader.read() + reader.readUntilIncluding(DOLLAR);
    reader.swallowUntilExcluding(tag);
    reader.swallow(tag.length());
    return new Token(TokenType.STRING, position, line, column, tag, tag, context.getParensDepth());
  }
}
