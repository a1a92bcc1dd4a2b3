package dev.sluice.app.editor;

import java.util.List;

/// A piece of text and the style classes it is shown with.
///
/// @param start UTF-16 offset
/// @param end UTF-16 offset, after the last unit
/// @param styles style class names, in a fixed order
record StyledRange(int start, int end, List<String> styles) {
  StyledRange {
    styles = List.copyOf(styles);
  }

  int length() {
    return end - start;
  }
}
