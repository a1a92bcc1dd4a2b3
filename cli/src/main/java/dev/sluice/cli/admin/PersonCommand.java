package dev.sluice.cli.admin;

import dev.sluice.gateway.remote.AdminClient;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.FirstAdministrator;
import dev.sluice.governance.codec.wire.NewPerson;
import dev.sluice.governance.codec.wire.PersonChange;
import dev.sluice.governance.codec.wire.PersonInfo;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sluice person`: local accounts.
@Command(
    name = "person",
    mixinStandardHelpOptions = true,
    subcommands = {
      PersonCommand.First.class,
      PersonCommand.ListAll.class,
      PersonCommand.Add.class,
      PersonCommand.Change.class,
      PersonCommand.Disable.class,
      PersonCommand.Enable.class,
      PersonCommand.Reset.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "Local accounts (server administrators).",
    footer = {"", "Exit codes: 0 done, 1 refused, 2 bad arguments."})
public final class PersonCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: list, add ...");
  }

  @Command(
      name = "first",
      mixinStandardHelpOptions = true,
      description = "Makes the first administrator of a new server, with the printed token.")
  static final class First implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "ACCOUNT")
    private String account;

    @Option(names = "--name", required = true, description = "The person's name.")
    private String name;

    @Option(names = "--email", defaultValue = "")
    private String email;

    @Override
    public Integer call() {
      String token = server.secret("SLUICE_TOKEN", "The token that sluice server init printed");
      String password = server.secret("SLUICE_PASSWORD", "A password for " + account);
      try {
        AdminClient.firstAdministrator(
            server.address(), new FirstAdministrator(token, account, name, email, password));
        System.out.println(
            account + " is now server and policy administrator. The token is used up.");
        return 0;
      } catch (WorkspaceProblem e) {
        return ServerOptions.refused(e);
      }
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows all.")
  static final class ListAll implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            Columns columns = new Columns("ACCOUNT", "NAME", "GROUPS", "ROLES", "STATE");
            for (PersonInfo person : client.administration().people()) {
              Set<String> roles = new TreeSet<>(person.roles());
              roles.addAll(person.rolesByGroup());
              columns.add(
                  person.account(),
                  person.displayName(),
                  String.join(",", person.groups()),
                  String.join(",", roles),
                  person.disabled() ? "disabled" : person.kind());
            }
            columns.print();
            return 0;
          });
    }
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Makes an account. Its first password comes from --new-password-env.")
  static final class Add implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "ACCOUNT")
    private String account;

    @Option(names = "--name", required = true, description = "The person's name.")
    private String name;

    @Option(names = "--email", defaultValue = "")
    private String email;

    @Option(names = "--groups", split = ",", description = "As policies write them.")
    private Set<String> groups = Set.of();

    @Option(
        names = "--roles",
        split = ",",
        defaultValue = "analyst",
        description = "analyst, auditor, policy-admin, server-admin (default: analyst).")
    private Set<String> roles = Set.of();

    @Option(
        names = "--new-password-env",
        paramLabel = "VARIABLE",
        defaultValue = "SLUICE_NEW_PASSWORD",
        description = "Holds the first password (default: SLUICE_NEW_PASSWORD; else asked).")
    private String variable;

    @Override
    public Integer call() {
      String password = server.secret(variable, "A first password for " + account);
      return server.with(
          client -> {
            client
                .administration()
                .addPerson(new NewPerson(account, name, email, groups, roles, password));
            System.out.println("Added " + account + ".");
            return 0;
          });
    }
  }

  @Command(
      name = "change",
      mixinStandardHelpOptions = true,
      description = "Changes what is given; what is not given stays.")
  static final class Change implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "ACCOUNT")
    private String account;

    @Option(names = "--name")
    private @Nullable String name;

    @Option(names = "--email")
    private @Nullable String email;

    @Option(names = "--groups", split = ",")
    private @Nullable Set<String> groups;

    @Option(names = "--roles", split = ",")
    private @Nullable Set<String> roles;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            client
                .administration()
                .changePerson(
                    account,
                    new PersonChange(
                        Optional.ofNullable(name),
                        Optional.ofNullable(email),
                        Optional.ofNullable(groups),
                        Optional.ofNullable(roles),
                        Optional.empty()));
            System.out.println("Changed " + account + ".");
            return 0;
          });
    }
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = "Signs somebody out everywhere and lets them in no more.")
  static final class Disable implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "ACCOUNT")
    private String account;

    @Override
    public Integer call() {
      return switchTo(server, account, true, "Disabled ");
    }
  }

  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      description = "Lets somebody in again.")
  static final class Enable implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "ACCOUNT")
    private String account;

    @Override
    public Integer call() {
      return switchTo(server, account, false, "Enabled ");
    }
  }

  private static int switchTo(ServerOptions server, String account, boolean off, String done) {
    return server.with(
        client -> {
          client
              .administration()
              .changePerson(
                  account,
                  new PersonChange(
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of(off)));
          System.out.println(done + account + ".");
          return 0;
        });
  }

  @Command(
      name = "reset",
      mixinStandardHelpOptions = true,
      description = "Sets a new password and signs the person out everywhere.")
  static final class Reset implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "ACCOUNT")
    private String account;

    @Option(
        names = "--new-password-env",
        paramLabel = "VARIABLE",
        defaultValue = "SLUICE_NEW_PASSWORD",
        description = "Holds the new password (default: SLUICE_NEW_PASSWORD; else asked).")
    private String variable;

    @Override
    public Integer call() {
      String password = server.secret(variable, "A new password for " + account);
      return server.with(
          client -> {
            client.administration().resetPassword(account, password);
            System.out.println("Set a new password for " + account + ".");
            return 0;
          });
    }
  }
}
