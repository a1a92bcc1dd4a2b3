package dev.sluice.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[0-9]+}");

  /// What calls take a key: `text(`, `count(`, and the helpers of screens that pass it on.
  private static final Pattern KEY =
      Pattern.compile("(?:text|count|section|row|fact|tell)\\(\\s*\"([a-z][a-z.-]*[a-z])\"");

  private static Properties bundle(String name) throws IOException {
    Properties properties = new Properties();
    for (String part : List.of(name, name.replace("messages", "governance"))) {
      try (var stream = MessagesTest.class.getResourceAsStream("/dev/sluice/app/" + part)) {
        properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
      }
    }
    return properties;
  }

  @Test
  void both_languages_say_the_same_things_with_the_same_places() throws IOException {
    Properties english = bundle("messages.properties");
    Properties german = bundle("messages_de.properties");

    assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(places(german.getProperty(key)))
          .as(key)
          .isEqualTo(places(english.getProperty(key)));
    }
  }

  private static Set<String> places(String text) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(match -> match.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void every_key_in_the_sources_has_words() throws IOException {
    Set<String> known = bundle("messages.properties").stringPropertyNames();
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher matcher = KEY.matcher(Files.readString(file));
        while (matcher.find()) {
          used.add(matcher.group(1));
        }
      }
    }

    assertThat(used).hasSizeGreaterThan(100);
    assertThat(used)
        .allSatisfy(
            key ->
                assertThat(known.contains(key) || known.contains(key + ".one")).as(key).isTrue());
  }

  @Test
  void a_language_without_words_gets_english() {
    assertThat(Messages.in(Locale.JAPANESE).text("close")).isEqualTo("Close");
    assertThat(Messages.in(Locale.GERMANY).text("close")).isEqualTo("Schließen");
  }

  @Test
  void apostrophes_and_braces_stay_as_they_are() {
    assertThat(Messages.in(Locale.ENGLISH).text("run.rows.many", "it's {1}"))
        .isEqualTo("it's {1} rows");
  }
}
