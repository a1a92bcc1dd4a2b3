package dev.sluice.gateway.workspace;

/// @param text full-text filter, empty for all
/// @param before only entries with a smaller sequence; `Long.MAX_VALUE` for the newest
/// @param limit at most so many entries, 1 to 500
public record TimelineQuery(String text, long before, int limit) {
  public static TimelineQuery newest(int limit) {
    return new TimelineQuery("", Long.MAX_VALUE, limit);
  }
}
