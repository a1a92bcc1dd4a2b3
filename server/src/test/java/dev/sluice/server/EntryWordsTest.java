package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.server.ledger.EntryWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every kind of entry that the server's own sources write has words for people.
class EntryWordsTest {

  private static final Pattern KIND =
      Pattern.compile(
          "\"((?:approval|call|connection|delegate|enforcement|execution|grant|identity|lease|ledger"
              + "|person|policy|role|schema|server|session|statement|unmask|writes)"
              + "\\.[a-z]+(?:-[a-z]+)*)\"");

  /// Literals of the same shape that are no kinds: names of files.
  private static final Set<String> OTHERS = Set.of("policy.yaml", "server.keys");

  @Test
  void noKindOfEntryIsShownByItsCodeName() throws IOException {
    Set<String> kinds = kinds();
    assertThat(kinds).contains("approval.requested", "lease.issued").hasSizeGreaterThan(45);
    assertThat(kinds)
        .allSatisfy(kind -> assertThat(EntryWords.title(event(kind))).as(kind).isNotEqualTo(kind));
  }

  @Test
  void aKindWithoutWordsIsFound() {
    assertThat(EntryWords.title(event("lease.unheard-of"))).isEqualTo("lease.unheard-of");
  }

  private static Set<String> kinds() throws IOException {
    Set<String> kinds = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file :
          files
              .filter(path -> path.toString().endsWith(".java"))
              .filter(path -> !path.endsWith("EntryWords.java"))
              .toList()) {
        Matcher found = KIND.matcher(Files.readString(file));
        while (found.find()) {
          kinds.add(found.group(1));
        }
      }
    }
    kinds.removeAll(OTHERS);
    return kinds;
  }

  private static AuditEvent event(String kind) {
    return new AuditEvent(
        "id", kind, 1, Instant.EPOCH, "local|somebody", "person", "about", Map.of());
  }
}
