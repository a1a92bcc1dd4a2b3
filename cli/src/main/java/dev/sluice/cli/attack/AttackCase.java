package dev.sluice.cli.attack;

import dev.sluice.cli.check.BadInput;
import dev.sluice.governance.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One thing to try.
///
/// @param category its kind, for people
/// @param texts what is sent, one after the other in one session
/// @param expect what a governed run should do with it
/// @param approval whether "block" means that somebody has to approve it
/// @param mayRefuse whether a refusal is as good
/// @param several whether other people or faults play a part, which are not here: then only what
///     comes out counts
/// @param masked outputs `[statement, ordinal]` that must be masked
record AttackCase(
    String id,
    String category,
    List<String> texts,
    Expect expect,
    boolean approval,
    boolean mayRefuse,
    boolean several,
    List<int[]> masked) {

  /// What a governed run should do.
  enum Expect {
    ALLOW,
    MASK,
    BLOCK
  }

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int LONGEST = 64 << 20;

  AttackCase {
    texts = List.copyOf(texts);
    masked = List.copyOf(masked);
  }

  /// An everyday statement; everything else attacks.
  boolean benign() {
    return id.startsWith("B-");
  }

  /// The cases of an engine and those of any engine.
  ///
  /// @param source of the lines, for problems
  static List<AttackCase> read(List<String> lines, Dialect engine, String source) throws BadInput {
    List<AttackCase> cases = new ArrayList<>();
    int number = 0;
    for (String line : lines) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        JsonNode node = MAPPER.readTree(line);
        if (concerns(node.path("dialect").asString("any"), engine)) {
          cases.add(of(node));
        }
      } catch (JacksonException e) {
        throw new BadInput(source + ", line " + number + ": not JSON.");
      }
    }
    return List.copyOf(cases);
  }

  private static boolean concerns(String dialect, Dialect engine) {
    return dialect.equals("any")
        || dialect.equals(engine.id())
        || (dialect.equals("mysql") && engine == Dialect.MARIADB);
  }

  private static AttackCase of(JsonNode node) {
    List<int[]> masked = new ArrayList<>();
    node.path("masked")
        .forEach(place -> masked.add(new int[] {place.path(0).asInt(), place.path(1).asInt()}));
    return new AttackCase(
        node.path("id").asString("?"),
        node.path("category").asString(""),
        texts(node),
        switch (node.path("expect").asString("block")) {
          case "allow" -> Expect.ALLOW;
          case "mask" -> Expect.MASK;
          default -> Expect.BLOCK;
        },
        node.path("via").asString("").equals("approval"),
        node.path("may_refuse").asBoolean(false),
        node.has("steps"),
        masked);
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.has("steps")) {
      for (JsonNode step : node.path("steps")) {
        String sql = step.isString() ? step.stringValue() : step.path("sql").asString("");
        if (!sql.isEmpty()) {
          texts.add(sql);
        }
      }
    } else {
      texts.add(expanded(node.path("sql").asString(""), node.path("expand")));
    }
    return texts;
  }

  /// A token that stands for a very long text.
  private static String expanded(String sql, JsonNode expand) {
    String token = expand.path("token").asString("");
    String with = expand.path("with").asString("");
    if (token.isEmpty()) {
      return sql;
    }
    int times = Math.min(expand.path("times").asInt(1), LONGEST / Math.max(1, with.length()));
    return sql.replace(token, with.repeat(times));
  }
}
