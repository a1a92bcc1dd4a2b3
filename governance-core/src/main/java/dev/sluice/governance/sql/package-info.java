/// What a statement means.
///
/// A text is cut by [dev.sluice.governance.sql.SqlScript] into statements, and each is read by a
/// [dev.sluice.governance.sql.StatementAnalyzer] against a catalog. Below both stands
/// [dev.sluice.governance.sql.Lexer], which reads text exactly as the dialect's server does; an
/// editor colours text with [dev.sluice.governance.sql.SyntaxHighlighter] over the same tokens.
///
/// Nothing here throws for any text, does I/O, or reads a clock. What is not understood is a
/// [dev.sluice.governance.sql.Refusal] with its place and a way out.
@NullMarked
package dev.sluice.governance.sql;

import org.jspecify.annotations.NullMarked;
