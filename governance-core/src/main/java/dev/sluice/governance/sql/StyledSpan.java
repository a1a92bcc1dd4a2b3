package dev.sluice.governance.sql;

/// A stretch of text and its style.
public record StyledSpan(Span span, SyntaxStyle style) {}
