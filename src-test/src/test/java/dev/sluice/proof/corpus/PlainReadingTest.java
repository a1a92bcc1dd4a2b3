package dev.sluice.proof.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.sql.Dialect;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.Node;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.statement.Statements;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The gate lets the parser read a text without its search through nested expressions first. That
/// is only a matter of time: where both ways lead to a tree, it is the same tree, field by field.
class PlainReadingTest {

  @Test
  void aPlainReadingGivesTheSameTreeAsAFullOne() throws Exception {
    List<String> differ = new ArrayList<>();
    int plain = 0;
    int all = 0;
    for (String text : texts()) {
      if (text.contains("->")) {
        // These are read in the full way alone.
        continue;
      }
      String whole = tree(text, true);
      String quick = tree(text, false);
      if (whole != null) {
        all++;
      }
      if (quick != null) {
        plain++;
        if (whole != null && !quick.equals(whole)) {
          differ.add(text + "\n" + difference(quick, whole));
        }
      }
    }
    assertThat(differ).isEmpty();
    assertThat(all).isGreaterThan(2_000);
    assertThat(plain).as("read plainly of " + all).isGreaterThan(all / 2);
  }

  private static String difference(String quick, String whole) {
    int same = 0;
    while (same < Math.min(quick.length(), whole.length())
        && quick.charAt(same) == whole.charAt(same)) {
      same++;
    }
    int from = Math.max(0, same - 60);
    return "plain ..."
        + quick.substring(from, Math.min(quick.length(), same + 120))
        + "\nwhole ..."
        + whole.substring(from, Math.min(whole.length(), same + 120));
  }

  private static List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>(Everyday.statements("warehouse"));
    for (Dialect engine : Everyday.ENGINES) {
      texts.addAll(Everyday.statements(engine.id()));
      Path attacks = Corpus.folder().resolve("attacks").resolve(engine.id() + ".txt");
      for (String line : Files.readAllLines(attacks)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          texts.add(line.substring(line.indexOf(' ') + 1));
        }
      }
    }
    return texts;
  }

  private static @Nullable String tree(String text, boolean whole) {
    try {
      Statements statements =
          CCJSqlParserUtil.newParser(text)
              .withAllowComplexParsing(whole)
              .withUnsupportedStatements(false)
              .withErrorRecovery(false)
              .withSquareBracketQuotation(false)
              .Statements();
      StringBuilder dump = new StringBuilder();
      dump(statements, dump, Collections.newSetFromMap(new IdentityHashMap<>()));
      return dump.toString();
    } catch (ParseException | RuntimeException e) {
      return null;
    }
  }

  private static void dump(@Nullable Object value, StringBuilder out, Set<Object> seen) {
    switch (value) {
      case null -> out.append('-');
      case Collection<?> elements -> {
        out.append('[');
        elements.forEach(element -> dump(element, out, seen));
        out.append(']');
      }
      case Map<?, ?> map -> {
        out.append('{');
        map.forEach(
            (key, element) -> {
              dump(key, out, seen);
              dump(element, out, seen);
            });
        out.append('}');
      }
      case Object node
          when node.getClass().getName().startsWith("net.sf.jsqlparser.")
              && !(node instanceof Enum<?>) -> {
        out.append(node.getClass().getSimpleName()).append('(');
        if (seen.add(node)) {
          fields(node, out, seen);
        }
        out.append(')');
      }
      default -> out.append(value).append(';');
    }
    if (value instanceof Collection<?>
        && value.getClass().getName().startsWith("net.sf.jsqlparser.")) {
      out.append(value.getClass().getSimpleName());
      fields(value, out, seen);
    }
  }

  private static void fields(Object node, StringBuilder out, Set<Object> seen) {
    for (Class<?> at = node.getClass();
        at != null && at.getName().startsWith("net.sf.jsqlparser.");
        at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        // Where a node stands is not what it means; the plain way leaves it out here and there.
        if (Modifier.isStatic(field.getModifiers())
            || Node.class.isAssignableFrom(field.getType())) {
          continue;
        }
        field.setAccessible(true);
        out.append(field.getName()).append('=');
        try {
          dump(field.get(node), out, seen);
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
