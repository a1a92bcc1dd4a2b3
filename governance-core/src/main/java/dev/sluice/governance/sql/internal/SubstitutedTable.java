package dev.sluice.governance.sql.internal;

import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.parser.ASTNodeAccessImpl;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.FromItemVisitor;
import net.sf.jsqlparser.statement.select.Pivot;
import net.sf.jsqlparser.statement.select.SampleClause;
import net.sf.jsqlparser.statement.select.UnPivot;
import org.jspecify.annotations.Nullable;

/// What stands in a FROM clause in place of a table: text of our own making and an alias. It can
/// only be printed.
final class SubstitutedTable extends ASTNodeAccessImpl implements FromItem {

  private final String source;
  private @Nullable Alias alias;

  SubstitutedTable(String source, Alias alias) {
    this.source = source;
    this.alias = alias;
  }

  @Override
  public <T, S> T accept(FromItemVisitor<T> visitor, S context) {
    throw new UnsupportedOperationException("A substituted table is printed, not visited.");
  }

  @Override
  public @Nullable Alias getAlias() {
    return alias;
  }

  @Override
  public void setAlias(Alias alias) {
    this.alias = alias;
  }

  @Override
  public @Nullable Pivot getPivot() {
    return null;
  }

  @Override
  public void setPivot(Pivot pivot) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable UnPivot getUnPivot() {
    return null;
  }

  @Override
  public void setUnPivot(UnPivot unpivot) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable SampleClause getSampleClause() {
    return null;
  }

  @Override
  public FromItem setSampleClause(SampleClause sampleClause) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String toString() {
    return source + (alias == null ? "" : alias.toString());
  }
}
