package dev.sluice.papers;

import java.util.Optional;

/// A fenced block of a page.
///
/// @param line of its fence, from 1
/// @param language after the fence, empty for none
/// @param text without fences; ends with a line feed
/// @param mark what is decided on it, empty when nobody has
public record Snippet(int line, String language, String text, Optional<Mark> mark) {}
