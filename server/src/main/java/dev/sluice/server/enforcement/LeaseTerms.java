package dev.sluice.server.enforcement;

import java.time.Duration;
import java.util.Locale;

/// What a lease is for and what it may do.
///
/// @param person key of the person it is for; part of the login's name, so that database logs can
///     be read
/// @param profile name of the access profile, empty for everybody's
/// @param lifetime until the database stops accepting it, at most an hour
/// @param connections it may hold at once, 1 to 16
/// @param statementTime longest statement
/// @param fingerprint of the profile that must have been applied; empty for whatever was
public record LeaseTerms(
    String person,
    String profile,
    Duration lifetime,
    int connections,
    Duration statementTime,
    String fingerprint) {

  public LeaseTerms(
      String person, String profile, Duration lifetime, int connections, Duration statementTime) {
    this(person, profile, lifetime, connections, statementTime, "");
  }

  public static LeaseTerms usual(String person, String profile) {
    return new LeaseTerms(person, profile, Duration.ofMinutes(15), 4, Duration.ofMinutes(2));
  }

  /// `slu_PERSON_RANDOM`: lower-case letters, digits and underscores only.
  String loginName(String random) {
    String word = person.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    String trimmed = word.substring(0, Math.min(word.length(), 40));
    return "slu_" + (trimmed.isEmpty() ? "x" : trimmed) + "_" + random;
  }
}
