package dev.sluice.cli.check;

/// A text to check, and where it stands.
///
/// @param name for the eye
/// @param file for programs
/// @param firstLine of the text in the file, from 1
/// @param changes whether later texts are read against the schema that this one leaves
record Source(String name, String file, int firstLine, String text, boolean changes) {}
