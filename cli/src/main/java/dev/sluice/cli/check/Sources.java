package dev.sluice.cli.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a command names, as texts in the order in which they would run: files as given; a folder in
/// Flyway's order (baselines and versions by number, then repeatable ones by name, then the undo
/// scripts), else by name; a Liquibase changelog (XML, YAML, JSON) by its change sets.
final class Sources {

  private static final Pattern FLYWAY =
      Pattern.compile("([VBUR])([0-9]+(?:[._][0-9]+)*)?__(.+)\\.sql", Pattern.CASE_INSENSITIVE);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9_.:-]+)}");
  private static final Pattern CHANGELOG =
      Pattern.compile(".*\\.(xml|ya?ml|json)", Pattern.CASE_INSENSITIVE);

  private final Map<String, String> placeholders;

  /// @param placeholders values for `${name}` in migrations
  Sources(Map<String, String> placeholders) {
    this.placeholders = Map.copyOf(placeholders);
  }

  List<Source> of(List<String> names) throws BadInput, IOException {
    List<Source> all = new ArrayList<>();
    for (String name : names) {
      if (!name.equals("-") && Files.isDirectory(Path.of(name))) {
        all.addAll(folder(Path.of(name)));
      } else if (CHANGELOG.matcher(name).matches()) {
        all.addAll(new Changelog(this).read(Path.of(name)));
      } else {
        all.add(plain(name));
      }
    }
    return all;
  }

  private Source plain(String name) throws BadInput, IOException {
    boolean migration = FLYWAY.matcher(String.valueOf(Path.of(name).getFileName())).matches();
    String text = SourceText.read(name);
    return new Source(
        SourceText.name(name), name, 1, migration ? filled(text, name) : text, migration);
  }

  /// One migration of a Flyway folder.
  private record Migration(Path file, char kind, List<Long> version, String words) {}

  private List<Source> folder(Path folder) throws BadInput, IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder, 8)) {
      files =
          found
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".sql"))
              .sorted()
              .toList();
    }
    if (files.isEmpty()) {
      throw new BadInput(
          "There is no .sql file in " + folder + ". A Liquibase changelog is named as a file.");
    }
    List<Migration> migrations = files.stream().flatMap(file -> migration(file).stream()).toList();
    if (migrations.isEmpty()) {
      List<Source> all = new ArrayList<>();
      for (Path file : files) {
        all.add(
            new Source(
                file.toString(), file.toString(), 1, SourceText.read(file.toString()), true));
      }
      return all;
    }
    return flyway(folder, files, migrations);
  }

  private List<Source> flyway(Path folder, List<Path> files, List<Migration> migrations)
      throws BadInput, IOException {
    if (migrations.size() < files.size()) {
      List<Path> known = migrations.stream().map(Migration::file).toList();
      Path odd = files.stream().filter(file -> !known.contains(file)).findFirst().orElseThrow();
      throw new BadInput(
          odd
              + " has no name that Flyway knows (V1__words.sql, R__words.sql, U1__words.sql), so it"
              + " would not run. Rename it, or move it out of "
              + folder
              + ".");
    }
    requireOnce(migrations);
    List<Source> all = new ArrayList<>();
    for (Migration migration : migrations.stream().sorted(order()).toList()) {
      String name = migration.file().toString();
      all.add(
          new Source(name, name, 1, filled(SourceText.read(name), name), migration.kind() != 'U'));
    }
    return all;
  }

  private static void requireOnce(List<Migration> migrations) throws BadInput {
    for (Migration one : migrations) {
      for (Migration other : migrations) {
        boolean same =
            one != other
                && one.kind() == other.kind()
                && one.kind() != 'R'
                && one.version().equals(other.version());
        if (same) {
          throw new BadInput(
              one.file() + " and " + other.file() + " have the same version. Renumber one.");
        }
      }
    }
  }

  private static List<Migration> migration(Path file) {
    Matcher name = FLYWAY.matcher(String.valueOf(file.getFileName()));
    if (!name.matches()) {
      return List.of();
    }
    char kind = Character.toUpperCase(name.group(1).charAt(0));
    String version = name.group(2);
    if ((version == null) != (kind == 'R')) {
      return List.of();
    }
    List<Long> numbers =
        version == null
            ? List.of()
            : Stream.of(version.split("[._]")).map(Long::parseLong).toList();
    return List.of(new Migration(file, kind, trimmed(numbers), name.group(3)));
  }

  /// 1.0 is 1.
  private static List<Long> trimmed(List<Long> version) {
    int end = version.size();
    while (end > 1 && version.get(end - 1) == 0) {
      end--;
    }
    return version.subList(0, end);
  }

  private static Comparator<Migration> order() {
    return Comparator.<Migration>comparingInt(migration -> place(migration.kind()))
        .thenComparing(
            (one, other) ->
                one.kind() == 'U'
                    ? compare(other.version(), one.version())
                    : compare(one.version(), other.version()))
        .thenComparing(Migration::words);
  }

  private static int place(char kind) {
    return switch (kind) {
      case 'B' -> 0;
      case 'V' -> 1;
      case 'R' -> 2;
      default -> 3;
    };
  }

  private static int compare(List<Long> one, List<Long> other) {
    for (int at = 0; at < Math.max(one.size(), other.size()); at++) {
      long first = at < one.size() ? one.get(at) : 0;
      long second = at < other.size() ? other.get(at) : 0;
      if (first != second) {
        return Long.compare(first, second);
      }
    }
    return 0;
  }

  /// The text that would run. A placeholder without a value is an error: what it stands for would
  /// not have been checked.
  String filled(String text, String name) throws BadInput {
    Matcher found = PLACEHOLDER.matcher(text);
    StringBuilder out = new StringBuilder();
    while (found.find()) {
      String value = placeholders.get(found.group(1));
      if (value == null) {
        throw new BadInput(
            name
                + " has the placeholder ${"
                + found.group(1)
                + "}. Give its value: --placeholder "
                + found.group(1)
                + "=VALUE.");
      }
      found.appendReplacement(out, Matcher.quoteReplacement(value));
    }
    return found.appendTail(out).toString();
  }
}
