package dev.sluice.gateway.headless;

import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.remote.FileTrustMemory;
import dev.sluice.gateway.remote.ServerClient;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.workspace.Origin;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// A workspace with all that belongs to it: parser, journal, state folder. Closing it closes all.
public final class HeadlessWorkspace implements AutoCloseable {

  private final ServerWorkspace workspace;
  private final ServerClient client;
  private final BoundedParserWorker worker;
  private final Journal journal;
  private final PrivateSlot slot;

  private HeadlessWorkspace(
      ServerWorkspace workspace,
      ServerClient client,
      BoundedParserWorker worker,
      Journal journal,
      PrivateSlot slot) {
    this.workspace = workspace;
    this.client = client;
    this.worker = worker;
    this.journal = journal;
    this.slot = slot;
  }

  /// Makes a signed-in client.
  @FunctionalInterface
  public interface SignIn {
    ServerClient to(ServerTrust trust, TrustMemory memory) throws WorkspaceProblem;
  }

  /// Signs in and opens a workspace.
  ///
  /// @param state a folder of this account and server; programs take slots in it
  public static HeadlessWorkspace open(ServerTrust trust, SignIn signIn, Path state, Origin origin)
      throws WorkspaceProblem {
    try {
      PrivateSlot slot = PrivateSlot.take(state);
      try {
        return open(trust, signIn, slot, origin);
      } catch (WorkspaceProblem | Journal.JournalProblem | RuntimeException e) {
        slot.close();
        throw e;
      }
    } catch (IOException | UncheckedIOException | Journal.JournalProblem e) {
      throw new WorkspaceProblem(
          "state-unusable",
          WorkspaceProblem.Blame.INTERNAL,
          "The folder " + state + " cannot be used: " + e.getMessage(),
          "Make room on the disk, or let SLUICE_HOME name a folder that can be written.");
    }
  }

  private static HeadlessWorkspace open(
      ServerTrust trust, SignIn signIn, PrivateSlot slot, Origin origin)
      throws WorkspaceProblem, Journal.JournalProblem {
    Journal journal = SqliteJournal.open(slot.folder().resolve("journal.db"));
    BoundedParserWorker worker = BoundedParserWorker.standard();
    ServerClient client = null;
    try {
      client = signIn.to(trust, new FileTrustMemory(slot.folder().resolve("trust.json")));
      ServerWorkspace workspace =
          ServerWorkspace.open(client, LocalCore.of(worker), journal, origin);
      return new HeadlessWorkspace(workspace, client, worker, journal, slot);
    } catch (WorkspaceProblem | RuntimeException e) {
      if (client != null) {
        client.close();
      }
      worker.close();
      journal.close();
      throw e;
    }
  }

  public ServerWorkspace workspace() {
    return workspace;
  }

  /// For what a workspace has no call for.
  public ServerClient client() {
    return client;
  }

  @Override
  public void close() {
    workspace.close();
    worker.close();
    journal.close();
    try {
      slot.close();
    } catch (IOException e) {
      // The lock goes with the process.
    }
  }
}
