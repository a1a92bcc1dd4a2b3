package dev.sluice.gateway.updates;

import java.net.URI;

/// What is known about newer versions.
public sealed interface UpdateNotice {

  /// Nothing is asked.
  ///
  /// @param why in words
  record NotAsked(String why) implements UpdateNotice {}

  /// The newest version runs.
  record Newest() implements UpdateNotice {}

  /// There is a newer one; this one may go on.
  record Newer(ProductVersion version, URI address) implements UpdateNotice {}

  /// This version may not run any more.
  ///
  /// @param floor the lowest that may
  /// @param wayOut where to get it
  record TooOld(ProductVersion floor, String wayOut) implements UpdateNotice {}

  /// What was found cannot be believed, or nothing was found.
  ///
  /// @param reason in words
  /// @param wayOut who can mend it
  record Unknown(String reason, String wayOut) implements UpdateNotice {}
}
