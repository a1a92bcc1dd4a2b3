package dev.sluice.app.results.imports;

/// Why a row of a file cannot become a row of the table.
///
/// @param line of the file, from 1
/// @param column its name; empty when it is the row as a whole
/// @param key of the words
/// @param detail what the words name, never a value; empty when nothing
record ImportTrouble(long line, String column, String key, String detail) {}
