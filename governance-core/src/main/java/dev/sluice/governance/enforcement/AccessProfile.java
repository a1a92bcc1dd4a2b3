package dev.sluice.governance.enforcement;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.masking.MaskSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What one kind of person sees of a database: people with the same exemptions and row filters
/// share a profile, and each profile has its own views.
///
/// @param name empty for everybody without exemptions; otherwise lower-case letters, digits and
///     underscores, used in names of schemas and roles
/// @param masks per sensitive column, what is shown instead
/// @param rowFilters per table, conditions that must all hold
public record AccessProfile(
    String name, Map<ColumnRef, MaskSpec> masks, Map<TableRef, List<String>> rowFilters) {

  public AccessProfile {
    if (!name.matches("[a-z0-9_]{0,20}")) {
      throw new IllegalArgumentException("Not a profile name: " + name);
    }
    masks = Map.copyOf(masks);
    rowFilters = Map.copyOf(rowFilters);
  }

  public static AccessProfile everybody(
      Map<ColumnRef, MaskSpec> masks, Map<TableRef, List<String>> rowFilters) {
    return new AccessProfile("", masks, rowFilters);
  }

  /// The prefix of schemas and roles of this profile: `sluice` or `sluice_NAME`.
  public String prefix() {
    return name.isEmpty() ? "sluice" : "sluice_" + name;
  }

  /// This profile under the name that is made of what it shows.
  public AccessProfile named() {
    return new AccessProfile("p" + fingerprint().substring(0, 8), masks, rowFilters);
  }

  /// What somebody sees who holds grants that lift masks: under a name of its own, or this very
  /// profile when it masks none of the columns anyhow.
  ///
  /// @param columns shown as they are
  public AccessProfile unmasking(Set<ColumnRef> columns) {
    Map<ColumnRef, MaskSpec> left = new TreeMap<>(masks);
    left.keySet().removeAll(columns);
    return left.size() == masks.size() ? this : new AccessProfile("", left, rowFilters).named();
  }

  /// SHA-256 (hex) over all that it masks and filters: what an applied plan records, so that a
  /// lease is given only while the database enforces exactly this.
  public String fingerprint() {
    StringBuilder text = new StringBuilder("profile 1\n");
    new TreeMap<>(masks)
        .forEach(
            (column, spec) ->
                text.append(column.dotted())
                    .append('=')
                    .append(spec.algorithm())
                    .append(new TreeMap<>(spec.parameters()))
                    .append('\n'));
    new TreeMap<>(rowFilters)
        .forEach((table, list) -> text.append(table.dotted()).append(list).append('\n'));
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
