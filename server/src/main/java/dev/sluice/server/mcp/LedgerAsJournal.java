package dev.sluice.server.mcp;

import dev.sluice.gateway.journal.Journal;
import dev.sluice.governance.audit.AuditChain;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.audit.ChainedEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The journal of a workspace inside the server, where the audit ledger is in the same process: a
/// statement's intent is durable in the ledger before it runs, so a second file would hold nothing
/// that the ledger does not. Keeps only the head of its chain.
final class LedgerAsJournal implements Journal {

  private @Nullable ChainedEvent head;

  @Override
  public synchronized ChainedEvent append(AuditEvent event) {
    ChainedEvent link = AuditChain.append(Optional.ofNullable(head), event);
    head = link;
    return link;
  }

  /// None: the ledger shows an intent without an outcome as what it is.
  @Override
  public List<OpenIntent> unknownOutcomes() {
    return List.of();
  }

  @Override
  public AuditChain.Verification verify() {
    return AuditChain.verify(List.of());
  }

  @Override
  public void close() {}
}
