import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// Formats every Java file of the project with google-java-format, or checks that nothing would
/// change.
///
/// Arguments: `--check` or `--apply`, then files or folders. Runs on the selected JDK, because the
/// formatter cannot parse newer syntax on an older one. Exit code 1 names the files that differ.
public final class Format {

  private static final int WIDTH = 100;

  private Format() {}

  public static void main(String[] arguments) throws Exception {
    boolean check = arguments[0].equals("--check");
    List<String> command = new ArrayList<>();
    if (check) {
      command.addAll(List.of("--dry-run", "--set-exit-if-changed"));
    } else {
      command.add("--replace");
    }
    int options = command.size();
    for (int index = 1; index < arguments.length; index++) {
      collect(Path.of(arguments[index]), command);
    }
    if (command.size() == options) {
      return;
    }
    PrintWriter out = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    boolean broken = false;
    for (String file : command.subList(options, command.size())) {
      broken |= documentation(Path.of(file), check, out);
    }
    int code = new Main(out, out, System.in).format(command.toArray(String[]::new));
    if (check && broken) {
      code = 1;
    }
    if (check && code != 0) {
      out.println("The files above are not formatted. Run build/format and commit the result.");
    }
    out.flush();
    System.exit(code);
  }

  /// The formatter knows no documentation in `///`: it would break a long line of it into one that
  /// is none. Here such lines are broken before it sees them.
  ///
  /// @return whether something would change, or did
  private static boolean documentation(Path file, boolean check, PrintWriter out)
      throws IOException {
    List<String> before = Files.readAllLines(file, StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>(before);
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      int end = line.length() > WIDTH ? line.lastIndexOf(' ', WIDTH) : -1;
      String start = line.substring(0, line.length() - line.stripLeading().length()) + "/// ";
      if (!line.startsWith(start) || end <= start.length()) {
        continue;
      }
      String rest = line.substring(end + 1);
      lines.set(at, line.substring(0, end));
      String next = at + 1 < lines.size() ? lines.get(at + 1) : "";
      String indent = line.startsWith(start + "@") ? "    " : "";
      String words = next.startsWith(start) ? next.substring(start.length()) : "";
      boolean goesOn = !words.isBlank() && !"@-|`#".contains(words.strip().substring(0, 1));
      if (goesOn) {
        String inner = words.substring(0, words.length() - words.stripLeading().length());
        lines.set(at + 1, start + inner + rest + " " + words.strip());
      } else {
        lines.add(at + 1, start + indent + rest);
      }
    }
    if (lines.equals(before)) {
      return false;
    }
    if (check) {
      out.println(file);
    } else {
      Files.write(file, lines, StandardCharsets.UTF_8);
    }
    return true;
  }

  private static void collect(Path root, List<String> files) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName() == null ? "" : folder.getFileName().toString();
            boolean skipped =
                !folder.equals(root) && (name.startsWith(".") || name.equals("target"));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file.toString());
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
