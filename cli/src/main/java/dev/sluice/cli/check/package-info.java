/// `sluice check`: decisions without running anything, for people, pull requests and tests.
///
/// [CheckLines] answers JSON lines; [StatementReport] is the answer for one statement, and the
/// person's form of it is printed by [VerdictPrinter].
@NullMarked
package dev.sluice.cli.check;

import org.jspecify.annotations.NullMarked;
