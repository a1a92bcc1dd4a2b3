package dev.sluice.governance.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.Lease;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Walks every record that crosses the wire.
class SensitiveTest {

  private static final String CANARY = "canary-7f3a";

  private static final List<String> SECRET_WORDS =
      List.of("password", "secret", "token", "statement", "printed", "binds");

  /// Components whose name sounds secret and is not.
  private static final Set<String> HARMLESS =
      Set.of(
          "BearerToken.tokenType",
          "WhatIfReport.statements",
          "Connected.statements",
          // The texts in it are marked there.
          "LiveReport.schemaStatements",
          "Touched.statements",
          "Value.statements");

  @Test
  void whatIsNamedLikeASecretIsMarked() throws Exception {
    for (Class<?> type : wireRecords()) {
      for (RecordComponent component : type.getRecordComponents()) {
        String name = component.getName().toLowerCase(Locale.ROOT);
        boolean sounds = SECRET_WORDS.stream().anyMatch(name::contains);
        if (sounds && !HARMLESS.contains(type.getSimpleName() + "." + component.getName())) {
          assertThat(component.isAnnotationPresent(Sensitive.class))
              .as(type.getSimpleName() + "." + component.getName())
              .isTrue();
        }
      }
    }
  }

  @Test
  void noRecordPrintsWhatIsMarked() throws Exception {
    int marked = 0;
    for (Class<?> type : wireRecords()) {
      boolean any = false;
      for (RecordComponent component : type.getRecordComponents()) {
        any |= component.isAnnotationPresent(Sensitive.class);
      }
      if (any) {
        marked++;
        assertThat(filled(type).toString()).as(type.getName()).doesNotContain(CANARY);
      }
    }
    assertThat(marked).isGreaterThan(5);
  }

  @Test
  void theRestOfARecordIsPrinted() {
    Lease lease =
        new Lease("l1", "shop", "postgresql", "db", 1, "d", true, "u", CANARY, 4, Instant.EPOCH);
    assertThat(lease.toString()).contains("id=l1").contains("password=***");
  }

  @Test
  void auditEventsHaveNoFieldOfTheirOwnForSecrets() {
    for (RecordComponent component : AuditEvent.class.getRecordComponents()) {
      assertThat(component.getName()).isNotIn("password", "token", "secret");
    }
  }

  private static Object filled(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = sample(types[i], components[i].isAnnotationPresent(Sensitive.class));
    }
    var constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private static Object sample(Class<?> type, boolean sensitive) {
    String text = sensitive ? CANARY : "x";
    if (type == String.class) {
      return text;
    } else if (type == List.class) {
      return sensitive ? List.of(text) : List.of();
    } else if (type == Set.class) {
      return sensitive ? Set.of(text) : Set.of();
    } else if (type == Optional.class) {
      return sensitive ? Optional.of(text) : Optional.empty();
    } else if (type == Map.class) {
      return Map.of();
    } else if (type == long.class) {
      return 1L;
    } else if (type == int.class) {
      return 1;
    } else if (type == boolean.class) {
      return true;
    } else if (type == Instant.class) {
      return Instant.EPOCH;
    }
    return null;
  }

  private static List<Class<?>> wireRecords()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path folder =
        Path.of(Lease.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("dev/sluice/governance/codec/wire");
    List<Class<?>> records = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        Class<?> type = Class.forName("dev.sluice.governance.codec.wire." + name);
        if (type.isRecord()) {
          records.add(type);
        }
      }
    }
    assertThat(records).hasSizeGreaterThan(20);
    return records;
  }
}
