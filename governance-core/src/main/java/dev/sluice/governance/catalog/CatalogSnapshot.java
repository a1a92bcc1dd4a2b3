package dev.sluice.governance.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a database looked like at one moment: relations and functions, with the schemas that
/// unqualified names are searched in, in order. Immutable.
///
/// Lookups are exact; folding names by the engine's rules is the business of the `sql` package.
public final class CatalogSnapshot {

  private final List<String> searchPath;
  private final Map<TableRef, Relation> relations;
  private final List<DeclaredFunction> functions;
  private final Map<TableRef, TableRef> standIns;
  private final String fingerprint;
  private final Map<Class<?>, Object> prepared = new ConcurrentHashMap<>();
  private volatile @Nullable Widened widened;

  /// What this snapshot is with a policy's functions, asked for with every statement.
  private record Widened(List<DeclaredFunction> more, CatalogSnapshot with) {}

  private CatalogSnapshot(
      List<String> searchPath,
      List<Relation> relations,
      List<DeclaredFunction> functions,
      Map<TableRef, TableRef> standIns) {
    this.searchPath = List.copyOf(searchPath);
    Map<TableRef, Relation> byRef = new LinkedHashMap<>();
    relations.forEach(relation -> byRef.put(relation.ref(), relation));
    this.relations = java.util.Collections.unmodifiableMap(byRef);
    this.functions = List.copyOf(functions);
    this.standIns = Map.copyOf(standIns);
    this.fingerprint = fingerprintOf(this.searchPath, byRef, this.functions);
  }

  /// @param searchPath schemas for unqualified names, first match wins; `[""]` for a catalog
  ///     without schemas
  public static CatalogSnapshot of(
      List<String> searchPath, List<Relation> relations, List<DeclaredFunction> functions) {
    return new CatalogSnapshot(searchPath, relations, functions, Map.of());
  }

  public static CatalogSnapshot empty() {
    return of(List.of(""), List.of(), List.of());
  }

  public List<String> searchPath() {
    return searchPath;
  }

  public List<Relation> relations() {
    return List.copyOf(relations.values());
  }

  public List<DeclaredFunction> functions() {
    return functions;
  }

  public Optional<Relation> find(TableRef ref) {
    return Optional.ofNullable(relations.get(ref));
  }

  /// SHA-256 (hex) over everything that resolution depends on: two snapshots with one fingerprint
  /// resolve every statement alike. Comments and estimates are not part of it.
  public String fingerprint() {
    return fingerprint;
  }

  /// This snapshot with other functions in addition: those that a policy declares.
  /// The same one for the same functions, so that what is prepared from it is prepared once.
  public CatalogSnapshot withFunctions(List<DeclaredFunction> more) {
    if (more.isEmpty()) {
      return this;
    }
    Widened known = widened;
    if (known != null && known.more().equals(more)) {
      return known.with();
    }
    List<DeclaredFunction> all = new java.util.ArrayList<>(functions);
    all.addAll(more);
    CatalogSnapshot with = new CatalogSnapshot(searchPath, relations(), all, standIns);
    widened = new Widened(List.copyOf(more), with);
    return with;
  }

  /// What somebody works out from this snapshot, worked out once and kept exactly as long as the
  /// snapshot itself: a table beside it, keyed by it, would keep both for ever.
  ///
  /// @param type of what is kept; one of each
  public <T> T prepared(Class<T> type, Function<CatalogSnapshot, T> make) {
    return type.cast(prepared.computeIfAbsent(type, none -> make.apply(this)));
  }

  /// On a database that masks by itself: the masked view that a session reads for a relation when
  /// it names it without a schema. Not part of the fingerprint, since it changes no meaning.
  public Map<TableRef, TableRef> standIns() {
    return standIns;
  }

  /// This snapshot with masked views in place of some of its relations.
  public CatalogSnapshot withStandIns(Map<TableRef, TableRef> views) {
    return new CatalogSnapshot(searchPath, relations(), functions, views);
  }

  private static String fingerprintOf(
      List<String> searchPath,
      Map<TableRef, Relation> relations,
      List<DeclaredFunction> functions) {
    MessageDigest digest = sha256();
    field(digest, "path");
    searchPath.forEach(schema -> field(digest, schema));
    relations.values().stream()
        .sorted(java.util.Comparator.comparing(Relation::ref))
        .forEach(
            relation -> {
              field(digest, "relation");
              field(digest, relation.ref().schema());
              field(digest, relation.ref().name());
              field(digest, relation.kind().name());
              relation
                  .columns()
                  .forEach(
                      column -> {
                        field(digest, column.name());
                        field(digest, column.type());
                      });
              field(digest, relation.definition().orElse(""));
            });
    functions.forEach(function -> field(digest, function.toString()));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void field(MessageDigest digest, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
