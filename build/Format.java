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
    int code = new Main(out, out, System.in).format(command.toArray(String[]::new));
    if (check && code != 0) {
      out.println("The files above are not formatted. Run build/format and commit the result.");
    }
    out.flush();
    System.exit(code);
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
