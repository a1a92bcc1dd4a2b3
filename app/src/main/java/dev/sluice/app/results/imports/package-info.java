/// Files into tables: reads CSV, XLSX and JSON as a stream, says which rows fit the table, and
/// sends them as INSERT statements on the governed road, in one transaction.
@org.jspecify.annotations.NullMarked
package dev.sluice.app.results.imports;
