package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.time.Instant;
import java.util.List;

/// What was said about a request, oldest first.
public record CommentList(List<Comment> comments) {
  public CommentList {
    comments = List.copyOf(comments);
  }

  /// @param author principal key
  public record Comment(
      String author, String authorName, Instant at, String words, @Sensitive String proposed) {
    @Override
    public String toString() {
      return Redaction.describe(this);
    }
  }
}
