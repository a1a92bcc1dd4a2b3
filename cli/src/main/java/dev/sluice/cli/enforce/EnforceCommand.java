package dev.sluice.cli.enforce;

import dev.sluice.cli.check.BadInput;
import dev.sluice.governance.enforcement.AccessFinding;
import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.enforcement.DatabaseFacts;
import dev.sluice.governance.enforcement.EnforcementPlan;
import dev.sluice.governance.enforcement.PlanStep;
import dev.sluice.server.enforcement.EnforcementProblem;
import dev.sluice.server.enforcement.EnforcementService;
import dev.sluice.server.enforcement.LeaseBroker;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sluice enforce`: plan, apply, verify, roll back and audit.
@Command(
    name = "enforce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes a database enforce the policy itself, whatever client is used.",
    footer = {
      "",
      "Exit codes: 0 as it should be, 1 something is wrong and was said, 2 bad arguments."
    })
public final class EnforceCommand implements Runnable {

  private static final int WRONG = 1;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "plan, apply, verify, rollback or audit?");
  }

  @Command(
      name = "plan",
      mixinStandardHelpOptions = true,
      description = "Prints the SQL that would be applied, with reasons, and changes nothing.")
  int plan(@Mixin EnforceTarget target) {
    return with(
        target,
        (service, out) -> {
          EnforcementPlan plan = planned(target, service);
          out.print(plan.script());
          return plan.applicable() ? 0 : WRONG;
        });
  }

  @Command(
      name = "apply",
      mixinStandardHelpOptions = true,
      description = "Applies the plan that was reviewed, then verifies it.")
  int apply(
      @Mixin EnforceTarget target,
      @Option(
              names = "--plan",
              paramLabel = "HASH",
              required = true,
              description = "The hash that `enforce plan` printed on its second line.")
          String reviewed,
      @Option(
              names = "--broker-password-env",
              paramLabel = "NAME",
              description = "Variable with the new password of the server's own login.")
          @Nullable String brokerPassword,
      @Option(
              names = "--changer-password-env",
              paramLabel = "NAME",
              description = "Variable with the new password of the login for approved changes.")
          @Nullable String changerPassword) {
    return with(
        target,
        (service, out) -> {
          EnforcementPlan plan = planned(target, service);
          service.apply(plan, reviewed);
          if (brokerPassword != null) {
            service.setBrokerPassword(EnforceTarget.secret(brokerPassword));
          }
          if (changerPassword != null) {
            service.setChangerPassword(EnforceTarget.secret(changerPassword));
          }
          out.println("Applied plan " + plan.hash() + ".");
          return verify(target, service, out);
        });
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Logs in with a lease and checks what it can and cannot do.")
  int verify(@Mixin EnforceTarget target) {
    return with(target, (service, out) -> verify(target, service, out));
  }

  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description = "Prints what gives everything back; with --yes, does it.")
  int rollback(
      @Mixin EnforceTarget target,
      @Option(names = "--yes", description = "End all leases and give everything back.")
          boolean yes) {
    return with(
        target,
        (service, out) -> {
          if (!yes) {
            for (PlanStep step : service.rollbackSteps()) {
              out.println(step.sql() + ";");
            }
            return 0;
          }
          LeaseBroker broker = target.broker(service.facts());
          for (LeaseBroker.Outstanding lease : broker.outstanding()) {
            broker.revoke(lease.login());
          }
          service.rollback();
          out.println("Everything is as it was before the first plan.");
          return 0;
        });
  }

  @Command(
      name = "audit",
      mixinStandardHelpOptions = true,
      description = "Lists who can read governed tables around Sluice, and what closes it.")
  int audit(
      @Mixin EnforceTarget target,
      @Option(
              names = "--accept",
              paramLabel = "NAME",
              description = "A finding that is known and accepted; may be given several times.")
          @Nullable List<String> accepted) {
    return with(
        target,
        (service, out) -> {
          Set<String> names = accepted == null ? Set.of() : new TreeSet<>(accepted);
          List<AccessFinding> findings = service.audit(target.profiles(service.facts()), names);
          for (AccessFinding finding : findings) {
            out.println(finding.name() + ": " + finding.message());
            out.println("    " + finding.closing() + ";");
          }
          out.println(
              findings.isEmpty()
                  ? "Nobody reads around Sluice: this connection may be called enforced."
                  : "Close or accept each of these before this connection is called enforced.");
          return findings.isEmpty() ? 0 : WRONG;
        });
  }

  private static EnforcementPlan planned(EnforceTarget target, EnforcementService service)
      throws BadInput, EnforcementProblem {
    return service.plan(target.profiles(service.facts()), target.pureFunctions());
  }

  private static int verify(EnforceTarget target, EnforcementService service, PrintStream out)
      throws BadInput, EnforcementProblem {
    DatabaseFacts facts = service.facts();
    LeaseBroker broker = target.broker(facts);
    int wrong = 0;
    for (AccessProfile profile : target.profiles(facts)) {
      List<String> findings =
          service.verify(profile, broker, lease -> target.connect(lease, profile));
      findings.forEach(out::println);
      wrong += findings.size();
    }
    out.println(
        wrong == 0 ? "A lease can do what it should, and nothing else." : wrong + " wrong.");
    return wrong == 0 ? 0 : WRONG;
  }

  private interface Work {
    int on(EnforcementService service, PrintStream out) throws BadInput, EnforcementProblem;
  }

  private int with(EnforceTarget target, Work work) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    try {
      return work.on(target.service(), out);
    } catch (BadInput e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    } catch (EnforcementProblem e) {
      spec.commandLine().getErr().println(e.object() + ": " + e.getMessage());
      return WRONG;
    }
  }
}
