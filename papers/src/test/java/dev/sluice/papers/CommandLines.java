package dev.sluice.papers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Main;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/// Asks the real command line whether it would take what a page shows; runs nothing.
final class CommandLines {

  private static final Set<String> OURS = Set.of("sluice", "./sluice", "/path/to/sluice");

  private CommandLines() {}

  /// Fails when a line is not taken, or when there is nothing that could be asked.
  static void check(String text) {
    int asked = 0;
    for (List<String> command : ShellWords.commands(text)) {
      if (check(command)) {
        asked++;
      }
    }
    assertThat(asked).as("lines that can be checked").isPositive();
  }

  /// @return whether it is a command of this repository
  static boolean check(List<String> command) {
    String program = command.getFirst();
    List<String> arguments = command.subList(1, command.size());
    if (program.equals("sudo") || program.equals("time")) {
      return !arguments.isEmpty() && check(arguments);
    }
    if (OURS.contains(program)) {
      sluice(arguments).ifPresent(problem -> assertThat(problem).as("%s", command).isEmpty());
      return true;
    }
    if (program.equals("mvn")) {
      maven(arguments);
      return true;
    }
    if (program.startsWith("build/") || program.startsWith("installer/")) {
      assertThat(Files.isExecutable(Repository.ROOT.resolve(program))).as(program).isTrue();
      return true;
    }
    return false;
  }

  /// What is wrong with arguments of `sluice`; `...` stands for what a reader adds.
  static Optional<String> sluice(List<String> shown) {
    boolean open = shown.contains("...");
    List<String> arguments = shown.stream().filter(word -> !word.equals("...")).toList();
    try {
      Main.commands().parseArgs(arguments.toArray(String[]::new));
      return Optional.empty();
    } catch (CommandLine.MissingParameterException e) {
      return open ? Optional.empty() : Optional.of(String.valueOf(e.getMessage()));
    } catch (CommandLine.ParameterException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static void maven(List<String> arguments) {
    String pom = Repository.text("pom.xml") + Repository.text("installer/pom.xml");
    for (int index = 0; index < arguments.size(); index++) {
      String argument = arguments.get(index);
      if (argument.startsWith("-P")) {
        assertThat(pom).contains("<id>" + argument.substring(2) + "</id>");
      } else if (argument.equals("-pl")) {
        for (String module : arguments.get(index + 1).split(",")) {
          assertThat(pom).contains("<module>" + module + "</module>");
        }
      }
    }
  }
}
