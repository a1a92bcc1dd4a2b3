package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.ColumnRef;
import java.util.Set;

/// Which tags a bundle puts on the columns of one connection, whoever asks.
public final class Classifications {

  private final ColumnTags tags;

  private Classifications(ColumnTags tags) {
    this.tags = tags;
  }

  public static Classifications of(PolicyBundle bundle, String connection) {
    return new Classifications(new ColumnTags(bundle.classifications(), connection));
  }

  /// The tags of a base column, empty when it is not classified.
  public Set<String> tagsOf(ColumnRef column) {
    return tags.of(column);
  }
}
