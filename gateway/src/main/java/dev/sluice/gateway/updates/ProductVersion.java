package dev.sluice.gateway.updates;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version of Sluice.
///
/// @param major changes when something stops working
/// @param minor changes when something is added
/// @param patch changes when something is mended
public record ProductVersion(int major, int minor, int patch)
    implements Comparable<ProductVersion> {

  /// The one that runs.
  public static final ProductVersion CURRENT = new ProductVersion(1, 0, 0);

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?(?:-SNAPSHOT)?");

  /// Reads `1.2.3` or `1.2`; empty for anything else.
  public static Optional<ProductVersion> of(String text) {
    Matcher found = FORM.matcher(text.strip());
    if (!found.matches()) {
      return Optional.empty();
    }
    String patch = found.group(3);
    return Optional.of(
        new ProductVersion(
            Integer.parseInt(found.group(1)),
            Integer.parseInt(found.group(2)),
            patch == null ? 0 : Integer.parseInt(patch)));
  }

  @Override
  public int compareTo(ProductVersion other) {
    return Comparator.comparingInt(ProductVersion::major)
        .thenComparingInt(ProductVersion::minor)
        .thenComparingInt(ProductVersion::patch)
        .compare(this, other);
  }

  public boolean isOlderThan(ProductVersion other) {
    return compareTo(other) < 0;
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
