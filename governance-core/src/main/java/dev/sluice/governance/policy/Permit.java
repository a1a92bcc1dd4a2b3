package dev.sluice.governance.policy;

import dev.sluice.governance.approval.Grant;
import dev.sluice.governance.approval.UnmaskGrant;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// The right to run one exact text on one connection, once. Only the policy engine makes one, and
/// an executor takes nothing else.
public final class Permit {

  private final StatementAnalysis analysis;
  private final String textToSend;
  private final ConnectionContext connection;
  private final MaskingPlan plan;
  private final Limits limits;
  private final Optional<Grant> grant;
  private final List<EqualityBudget.Spending> equalities;
  private final Map<ColumnRef, UnmaskGrant> lifted;
  private final Map<TableRef, String> rowFilters;
  private final AtomicBoolean used = new AtomicBoolean();

  Permit(
      StatementAnalysis analysis,
      String textToSend,
      ConnectionContext connection,
      MaskingPlan plan,
      Limits limits,
      Optional<Grant> grant,
      List<EqualityBudget.Spending> equalities,
      Map<ColumnRef, UnmaskGrant> lifted,
      Map<TableRef, String> rowFilters) {
    this.analysis = analysis;
    this.textToSend = textToSend;
    this.connection = connection;
    this.plan = plan;
    this.limits = limits;
    this.grant = grant;
    this.equalities = List.copyOf(equalities);
    this.lifted = Collections.unmodifiableMap(new TreeMap<>(lifted));
    this.rowFilters = Collections.unmodifiableMap(new TreeMap<>(rowFilters));
  }

  /// A permit under which no mask is lifted and no row hidden.
  Permit(
      StatementAnalysis analysis,
      String textToSend,
      ConnectionContext connection,
      MaskingPlan plan,
      Limits limits,
      Optional<Grant> grant,
      List<EqualityBudget.Spending> equalities) {
    this(analysis, textToSend, connection, plan, limits, grant, equalities, Map.of(), Map.of());
  }

  public StatementAnalysis analysis() {
    return analysis;
  }

  /// The printed text, or the recorded rewrite derived from it. Nothing else may be sent.
  public String textToSend() {
    return textToSend;
  }

  public ConnectionContext connection() {
    return connection;
  }

  public MaskingPlan plan() {
    return plan;
  }

  /// The tables of which only some rows are seen, with the condition for them as the policy has it.
  public Map<TableRef, String> rowFilters() {
    return rowFilters;
  }

  public Limits limits() {
    return limits;
  }

  /// The consumed grant when this runs something approved.
  public Optional<Grant> grant() {
    return grant;
  }

  /// What running it spends of somebody's equality budgets. Whoever runs the permit records it
  /// before the statement is sent.
  public List<EqualityBudget.Spending> equalities() {
    return equalities;
  }

  /// The sensitive columns that the statement shows or uses as they are because an approved request
  /// lifts their mask, each with its grant. Whoever runs the permit records it before the statement
  /// is sent.
  public Map<ColumnRef, UnmaskGrant> lifted() {
    return lifted;
  }

  /// Marks the permit as used.
  ///
  /// @return true for the first caller only; everybody else must refuse to run
  public boolean use() {
    return used.compareAndSet(false, true);
  }
}
