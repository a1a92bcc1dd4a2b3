package dev.sluice.cli.admin;

import dev.sluice.governance.codec.wire.GroupRole;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sluice role`: which groups bring which roles.
@Command(
    name = "role",
    mixinStandardHelpOptions = true,
    subcommands = {RoleCommand.ListAll.class, RoleCommand.MapRole.class, RoleCommand.Unmap.class},
    synopsisSubcommandLabel = "COMMAND",
    description = "Which groups bring which roles (server administrators).",
    footer = {"", "Exit codes: 0 done, 1 refused, 2 bad arguments."})
public final class RoleCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: list, map, unmap");
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows all.")
  static final class ListAll implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            List<GroupRole> all = client.administration().groupRoles();
            if (all.isEmpty()) {
              System.out.println("None: only the accounts' own roles count.");
              return 0;
            }
            Columns columns = new Columns("GROUP", "ROLE");
            all.forEach(role -> columns.add(role.group(), role.role()));
            columns.print();
            return 0;
          });
    }
  }

  @Command(
      name = "map",
      mixinStandardHelpOptions = true,
      description = "Whoever is in the group has the role from now on.")
  static final class MapRole implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(index = "0", paramLabel = "GROUP")
    private String group;

    @Parameters(index = "1", paramLabel = "ROLE")
    private String role;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            client.administration().mapRole(new GroupRole(group, role));
            System.out.println("Whoever is in " + group + " is " + role + " now.");
            return 0;
          });
    }
  }

  @Command(name = "unmap", mixinStandardHelpOptions = true, description = "Ends that.")
  static final class Unmap implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(index = "0", paramLabel = "GROUP")
    private String group;

    @Parameters(index = "1", paramLabel = "ROLE")
    private String role;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            client.administration().unmapRole(new GroupRole(group, role));
            System.out.println("The group " + group + " no longer brings " + role + ".");
            return 0;
          });
    }
  }
}
