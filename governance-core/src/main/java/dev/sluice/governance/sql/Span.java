package dev.sluice.governance.sql;

/// A half-open range of UTF-16 offsets.
public record Span(int start, int end) {
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("Not a span: " + start + " to " + end);
    }
  }

  public Span shift(int by) {
    return new Span(start + by, end + by);
  }

  public int length() {
    return end - start;
  }
}
