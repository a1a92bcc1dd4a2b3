package dev.sluice.proof.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rewritings that keep what a query carries, and say where it is afterwards.
final class Mutations {

  // A comment put in by an earlier step is one token: a line break or a quote written inside it
  // would
  // make another query of it, one whose outputs are no longer known.
  private static final Pattern TOKEN =
      Pattern.compile(
          "--[^\\n]*(?:\\n|$)"
              + "|/\\*(?:[^*/]|\\*(?!/)|/(?!\\*)|/\\*(?:[^*]|\\*(?!/))*\\*/)*\\*/"
              + "|'(?:[^']|'')*'|\"[^\"]*\"|[A-Za-z_][A-Za-z_0-9]*|\\s+|.");
  private static final List<String> BLANKS =
      List.of(" ", "\n", "\t", "/* */", "/* a /* b */ c */", "-- x\n", " \r\n ", "/*'*/");

  private record Named(String name, BiFunction<Carrier, RandomGenerator, Carrier> change) {}

  private static final List<Named> ALL =
      List.of(
          new Named("derived table", Mutations::derivedTable),
          new Named("cte", Mutations::cte),
          new Named("renamed cte", Mutations::renamedCte),
          new Named("reordered", Mutations::reordered),
          new Named("function", Mutations::function),
          new Named("case", Mutations::caseOf),
          new Named("scalar subquery", Mutations::scalarSubquery),
          new Named("union all", Mutations::unionAll),
          new Named("lateral", Mutations::lateral),
          new Named("cross join", Mutations::crossJoin),
          new Named("whole row", Mutations::wholeRow),
          new Named("json", Mutations::json),
          new Named("aggregate", Mutations::aggregate),
          new Named("window", Mutations::window),
          new Named("blanks", Mutations::blanks),
          new Named("letters", Mutations::letters));

  private Mutations() {}

  /// One of all rewritings.
  static Carrier any(Carrier carrier, RandomGenerator random) {
    Named chosen = ALL.get(random.nextInt(ALL.size()));
    return chosen.change().apply(carrier, random);
  }

  private static String name(RandomGenerator random) {
    return List.of("a", "t1", "customers", "x", "\"Q\"", "orders", "email", "z9")
        .get(random.nextInt(8));
  }

  private static String columns(int width) {
    return IntStream.range(0, width).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
  }

  /// The query as a relation whose columns are c0, c1, ...
  private static String from(Carrier carrier, String alias) {
    return "(" + carrier.sql() + ") AS " + alias + " (" + columns(carrier.width()) + ")";
  }

  private static Carrier derivedTable(Carrier carrier, RandomGenerator random) {
    return carrier.reworded(
        "derived table", "SELECT * FROM (" + carrier.sql() + ") " + name(random));
  }

  private static Carrier cte(Carrier carrier, RandomGenerator random) {
    String name = "q" + random.nextInt(1000);
    return carrier.reworded(
        "cte", "WITH " + name + " AS (" + carrier.sql() + ") SELECT * FROM " + name);
  }

  private static Carrier renamedCte(Carrier carrier, RandomGenerator random) {
    String name = "q" + random.nextInt(1000);
    String body = name + " (" + columns(carrier.width()) + ") AS (" + carrier.sql() + ")";
    return carrier.reworded(
        "renamed cte",
        "WITH " + body + " SELECT " + columns(carrier.width()) + " FROM " + name + " AS r");
  }

  private static Carrier reordered(Carrier carrier, RandomGenerator random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, carrier.width()).boxed().toList());
    java.util.Collections.shuffle(order, java.util.Random.from(random));
    order.add(order.get(random.nextInt(order.size())));
    Set<Integer> carrying = new TreeSet<>();
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      outputs.add("w.c" + order.get(i) + " AS o" + i);
      if (carrier.carrying().contains(order.get(i))) {
        carrying.add(i);
      }
    }
    String text = "SELECT " + String.join(", ", outputs) + " FROM " + from(carrier, "w");
    return carrier.next("reordered", text, order.size(), carrying);
  }

  private static Carrier eachOutput(
      String step, Carrier carrier, java.util.function.UnaryOperator<String> change) {
    String outputs =
        IntStream.range(0, carrier.width())
            .mapToObj(i -> carrier.carrying().contains(i) ? change.apply("w.c" + i) : "w.c" + i)
            .collect(Collectors.joining(", "));
    return carrier.reworded(step, "SELECT " + outputs + " FROM " + from(carrier, "w"));
  }

  private static Carrier function(Carrier carrier, RandomGenerator random) {
    List<String> forms =
        List.of(
            "lower(cast(%s AS text))",
            "coalesce(%s, %s)",
            "nullif(%s, NULL)",
            "concat(%s, 'x')",
            "length(cast(%s AS text))",
            "md5(cast(%s AS text))",
            "substr(cast(%s AS text), 1, 1)",
            "reverse(cast(%s AS text))",
            "greatest(%s, %s)",
            "(%s)");
    String form = forms.get(random.nextInt(forms.size()));
    return eachOutput("function", carrier, column -> form.replace("%s", column));
  }

  private static Carrier caseOf(Carrier carrier, RandomGenerator random) {
    boolean inCondition = random.nextBoolean();
    return eachOutput(
        "case",
        carrier,
        column ->
            inCondition
                ? "CASE WHEN cast(" + column + " AS text) = 'a' THEN 1 ELSE 0 END"
                : "CASE WHEN true THEN " + column + " END");
  }

  private static Carrier scalarSubquery(Carrier carrier, RandomGenerator random) {
    int ordinal = carrier.carrying().iterator().next();
    String text =
        "SELECT 1 AS one, (SELECT max(cast(w.c"
            + ordinal
            + " AS text)) FROM "
            + from(carrier, "w")
            + ") AS two";
    return carrier.next("scalar subquery", text, 2, Set.of(1));
  }

  private static Carrier unionAll(Carrier carrier, RandomGenerator random) {
    String nulls =
        IntStream.range(0, carrier.width()).mapToObj(i -> "NULL").collect(Collectors.joining(", "));
    boolean first = random.nextBoolean();
    String query = "SELECT * FROM (" + carrier.sql() + ") u";
    return carrier.reworded(
        "union all",
        first ? query + " UNION ALL SELECT " + nulls : "SELECT " + nulls + " UNION ALL " + query);
  }

  private static Carrier lateral(Carrier carrier, RandomGenerator random) {
    Set<Integer> carrying =
        carrier.carrying().stream().map(ordinal -> ordinal + 1).collect(Collectors.toSet());
    return carrier.next(
        "lateral",
        "SELECT p.id, l.* FROM products p, LATERAL (" + carrier.sql() + ") l",
        carrier.width() + 1,
        carrying);
  }

  private static Carrier crossJoin(Carrier carrier, RandomGenerator random) {
    return carrier.next(
        "cross join",
        "SELECT j.*, p.id FROM (" + carrier.sql() + ") j CROSS JOIN products AS p",
        carrier.width() + 1,
        carrier.carrying());
  }

  private static Carrier wholeRow(Carrier carrier, RandomGenerator random) {
    String form =
        List.of("w", "row_to_json(w)", "cast(w AS text)", "to_jsonb(w)").get(random.nextInt(4));
    return carrier.next(
        "whole row", "SELECT " + form + " FROM " + from(carrier, "w"), 1, Set.of(0));
  }

  private static Carrier json(Carrier carrier, RandomGenerator random) {
    return eachOutput(
        "json",
        carrier,
        column ->
            random.nextBoolean()
                ? "json_build_object('k', " + column + ")"
                : "ARRAY[" + column + "]");
  }

  private static Carrier aggregate(Carrier carrier, RandomGenerator random) {
    int ordinal = carrier.carrying().iterator().next();
    String form =
        List.of("max(%s)", "min(%s)", "string_agg(%s, ',')", "array_agg(%s)", "json_agg(%s)")
            .get(random.nextInt(5));
    String column = "cast(w.c" + ordinal + " AS text)";
    return carrier.next(
        "aggregate",
        "SELECT count(*), " + form.replace("%s", column) + " FROM " + from(carrier, "w"),
        2,
        Set.of(1));
  }

  private static Carrier window(Carrier carrier, RandomGenerator random) {
    int ordinal = carrier.carrying().iterator().next();
    String form = List.of("lag(%s)", "first_value(%s)", "max(%s)").get(random.nextInt(3));
    return carrier.next(
        "window",
        "SELECT "
            + form.replace("%s", "cast(w.c" + ordinal + " AS text)")
            + " OVER () FROM "
            + from(carrier, "w"),
        1,
        Set.of(0));
  }

  private static Carrier blanks(Carrier carrier, RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    Matcher tokens = TOKEN.matcher(carrier.sql());
    while (tokens.find()) {
      String token = tokens.group();
      text.append(token.isBlank() ? BLANKS.get(random.nextInt(BLANKS.size())) : token);
    }
    return carrier.reworded("blanks", text.toString());
  }

  private static Carrier letters(Carrier carrier, RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    Matcher tokens = TOKEN.matcher(carrier.sql());
    while (tokens.find()) {
      String token = tokens.group();
      boolean word = Character.isLetter(token.charAt(0));
      text.append(
          !word
              ? token
              : random.nextBoolean()
                  ? token.toUpperCase(Locale.ROOT)
                  : token.toLowerCase(Locale.ROOT));
    }
    return carrier.reworded("letters", text.toString());
  }
}
