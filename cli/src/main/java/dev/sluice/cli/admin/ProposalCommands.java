package dev.sluice.cli.admin;

import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.PolicyDraft;
import dev.sluice.governance.discovery.Proposal;
import dev.sluice.governance.discovery.ProposalDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What discovery hides until somebody decides, and the decisions. A decision is a draft of the
/// policy: whoever may publish policies decides, in the way that the server asks for.
final class ProposalCommands {

  private ProposalCommands() {}

  private interface Look {
    int at(List<Proposal> proposals, HttpServerClient client) throws WorkspaceProblem;
  }

  private static int look(ServerOptions server, String connection, Look look) {
    return server.with(
        client -> {
          Path folder = Files.createTempDirectory("sluice-proposals");
          try (BoundedParserWorker worker = BoundedParserWorker.standard();
              Journal journal = SqliteJournal.open(folder.resolve("journal.db"));
              ServerWorkspace workspace =
                  ServerWorkspace.open(client, LocalCore.of(worker), journal)) {
            return look.at(workspace.discovered(connection), client);
          } catch (Journal.JournalProblem e) {
            throw new IOException(e.getMessage(), e);
          }
        });
  }

  @Command(
      name = "proposals",
      mixinStandardHelpOptions = true,
      description = {
        "Lists columns that discovery would protect and nobody has decided on.",
        "Those it is sure of are hidden already."
      })
  static final class Proposals implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Option(names = "--connection", required = true, description = "Which database.")
    private String connection;

    @Override
    public Integer call() {
      return look(
          server,
          connection,
          (proposals, client) -> {
            for (Proposal proposal : proposals) {
              System.out.printf(
                  Locale.ROOT,
                  "%-44s %-20s %3d %%%s%n    %s%n",
                  proposal.column().dotted(),
                  proposal.tag(),
                  proposal.confidence(),
                  proposal.confident() ? "  hidden until decided" : "",
                  String.join(" ", proposal.reasons()));
            }
            System.out.println(
                proposals.isEmpty()
                    ? "Nothing waits for a decision."
                    : "Decide with sluice policy accept COLUMN or sluice policy dismiss COLUMN"
                        + " (policy administrators).");
            return 0;
          });
    }
  }

  @Command(
      name = "accept",
      mixinStandardHelpOptions = true,
      description = "Proposes a policy that classifies and masks a column as discovery says.")
  static final class Accept implements Callable<Integer> {
    @Mixin private ServerOptions server;
    @Mixin private Which which;

    @Override
    public Integer call() {
      return which.decide(server, true);
    }
  }

  @Command(
      name = "dismiss",
      mixinStandardHelpOptions = true,
      description = {
        "Proposes a policy that leaves a column open: it was looked at and holds nothing to",
        "protect. Agents keep seeing it hidden."
      })
  static final class Dismiss implements Callable<Integer> {
    @Mixin private ServerOptions server;
    @Mixin private Which which;

    @Override
    public Integer call() {
      return which.decide(server, false);
    }
  }

  static final class Which {
    @Option(names = "--connection", required = true, description = "Which database.")
    private String connection;

    @Option(names = "--comment", defaultValue = "", description = "Why, for whoever publishes it.")
    private String comment;

    @Parameters(paramLabel = "COLUMN", description = "As sluice policy proposals writes it.")
    private String column;

    int decide(ServerOptions server, boolean accept) {
      return look(
          server,
          connection,
          (proposals, client) -> {
            Optional<Proposal> found =
                proposals.stream()
                    .filter(proposal -> proposal.column().dotted().equals(column))
                    .findFirst();
            if (found.isEmpty()) {
              System.err.println(
                  "sluice: Nothing is proposed for "
                      + column
                      + ", or it is decided already. See sluice policy proposals.");
              return 1;
            }
            return draft(client, found.get(), accept);
          });
    }

    private int draft(HttpServerClient client, Proposal proposal, boolean accept)
        throws WorkspaceProblem {
      String yaml = client.policy().yaml();
      Optional<String> decided =
          (accept
                  ? ProposalDecision.accepted(yaml, proposal, connection)
                  : ProposalDecision.dismissed(yaml, proposal, connection))
              .map(ProposalDecision::nextVersion);
      if (decided.isEmpty()) {
        System.err.println(
            "sluice: The policy writes a section in one line, which is not changed by a program."
                + " Write the entry by hand: see sluice classify --yaml, then sluice policy"
                + " draft.");
        return 1;
      }
      String words =
          (accept ? "Accepts " : "Dismisses ")
              + proposal.tag()
              + " for "
              + proposal.column().dotted()
              + (comment.isBlank() ? "" : ": " + comment);
      PolicyDraft draft = client.policies().draft(decided.get(), words);
      System.out.println("Draft " + draft.id() + " of version " + draft.version() + ".");
      System.out.println(
          "It holds once it is published: sluice policy publish --draft " + draft.id());
      return 0;
    }
  }
}
