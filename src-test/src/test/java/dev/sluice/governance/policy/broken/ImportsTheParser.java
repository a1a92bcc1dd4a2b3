package dev.sluice.governance.policy.broken;

import net.sf.jsqlparser.statement.Statement;

/// Broken on purpose: only sql.internal reads the parser's tree.
final class ImportsTheParser {
  Statement statement(Statement value) {
    return value;
  }
}
