package dev.sluice.governance.sql.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.jar.JarFile;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import org.junit.jupiter.api.Test;

class NodeTableTest {
  private final NodeTable table = NodeTable.standard();

  @Test
  void everyKindOfNodeOfTheParserIsEitherHandledOrRefused() throws Exception {
    List<String> unlisted = new ArrayList<>();
    for (Class<?> type : parserClasses()) {
      boolean node =
          Expression.class.isAssignableFrom(type)
              || Statement.class.isAssignableFrom(type)
              || FromItem.class.isAssignableFrom(type)
              || Select.class.isAssignableFrom(type);
      boolean concrete = !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
      if (node && concrete && !table.classNames().contains(type.getName())) {
        unlisted.add(type.getName());
      }
    }
    assertThat(unlisted).isEmpty();
  }

  @Test
  void everyListedClassAndFieldExists() throws Exception {
    for (String name : table.classNames()) {
      Class<?> type = Class.forName(name);
      for (String field : table.listedFields(name)) {
        assertThat(type.getDeclaredField(field)).as(name + "." + field).isNotNull();
      }
    }
  }

  @Test
  void everyTypeThatAReadFieldCanHoldIsListed() throws Exception {
    TreeSet<String> unlisted = new TreeSet<>();
    List<Class<?>> all = parserClasses();
    for (String name : table.classNames()) {
      for (Field field : table.shape(Class.forName(name)).read()) {
        for (Class<?> held : held(field.getGenericType())) {
          for (Class<?> type : all) {
            boolean possible =
                held != Object.class
                    && held.getName().startsWith(NodeTable.ROOT)
                    && held.isAssignableFrom(type)
                    && !type.isInterface()
                    && !type.isEnum()
                    && !Modifier.isAbstract(type.getModifiers());
            if (possible && !table.classNames().contains(type.getName())) {
              unlisted.add(type.getName());
            }
          }
        }
      }
    }
    assertThat(unlisted).isEmpty();
  }

  @Test
  void aFieldThatNobodyListedRefusesAsSoonAsItIsSet() throws Exception {
    PlainSelect select = (PlainSelect) CCJSqlParserUtil.parse("SELECT a FROM t");
    assertThat(new NodeGuard(table).visit(select)).isEmpty();
    select.setForXmlPath("x");
    assertThat(new NodeGuard(table).visit(select)).contains("FOR XML PATH");
  }

  /// A refusal is read by people: none of it may speak of the parser's classes.
  @Test
  void everythingThatCanBeRefusedHasWords() throws Exception {
    TreeSet<String> wordless = new TreeSet<>();
    for (String name : table.classNames()) {
      Class<?> type = Class.forName(name);
      if (NodeWords.find(NodeWords.simpleName(type)).isEmpty()) {
        wordless.add(NodeWords.simpleName(type));
      }
      for (Field field : table.shape(type).mustBeUnset()) {
        String key = NodeWords.simpleName(field.getDeclaringClass()) + "." + field.getName();
        if (NodeWords.find(key).isEmpty()) {
          wordless.add(key);
        }
      }
    }
    assertThat(wordless).isEmpty();
  }

  @Test
  void aNodeThatWasNeverVisitedIsFound() throws Exception {
    PlainSelect select = (PlainSelect) CCJSqlParserUtil.parse("SELECT a FROM t WHERE b = 1");
    NodeGuard guard = new NodeGuard(table);
    guard.visit(select);
    guard.visitAll(select.getSelectItems());
    guard.visitAll(select.getFromItem());
    Optional<Object> unvisited = guard.unvisited(select);
    assertThat(unvisited).contains(select.getWhere());
    guard.visitAll(select.getWhere());
    assertThat(guard.unvisited(select)).isEmpty();
  }

  private static List<Class<?>> held(Type type) {
    List<Class<?>> held = new ArrayList<>();
    if (type instanceof Class<?> plain) {
      held.add(plain);
    } else if (type instanceof ParameterizedType parameterized) {
      held.addAll(held(parameterized.getRawType()));
      for (Type argument : parameterized.getActualTypeArguments()) {
        held.addAll(held(argument));
      }
    }
    return held;
  }

  private static List<Class<?>> parserClasses() throws IOException, URISyntaxException {
    Path jar = Path.of(Select.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> classes = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (String entry : file.stream().map(java.util.zip.ZipEntry::getName).toList()) {
        if (entry.startsWith("net/sf/jsqlparser/") && entry.endsWith(".class")) {
          String name = entry.substring(0, entry.length() - 6).replace('/', '.');
          try {
            classes.add(Class.forName(name, false, Select.class.getClassLoader()));
          } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
          }
        }
      }
    }
    return classes;
  }
}
