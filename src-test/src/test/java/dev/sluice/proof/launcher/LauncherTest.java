package dev.sluice.proof.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LauncherTest {

  private static final Set<String> LEFT_OUT = Set.of("target", ".git", ".sluice", "test");

  @TempDir static Path copy;

  @BeforeAll
  static void copySources() throws IOException {
    Path root = Path.of(System.getProperty("sluice.root", "..")).toAbsolutePath().normalize();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(String.valueOf(folder.getFileName()))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(copy.resolve(root.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                copy.resolve(root.relativize(file).toString()),
                java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private record Ended(int code, String out, String err) {}

  private static Ended end(Process process, Path out, Path err) throws Exception {
    int code = process.waitFor();
    return new Ended(code, Files.readString(out), Files.readString(err));
  }

  private static Process start(Map<String, String> environment, Path out, Path err, String... more)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(copy.resolve("sluice").toString()));
    command.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    // What Maven tells its children is not what a person's shell tells the launcher.
    builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static Ended run(Map<String, String> environment, String... more) throws Exception {
    Path out = Files.createTempFile(copy, "out", ".txt");
    Path err = Files.createTempFile(copy, "err", ".txt");
    return end(start(environment, out, err, more), out, err);
  }

  @Test
  @Order(1)
  void refusesToBuildWhenTold() throws Exception {
    Ended ended = run(Map.of("SLUICE_NO_BUILD", "1"), "--version");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("nothing is built yet");
  }

  @Test
  @Order(2)
  void aJavaThatIsTooOldIsNamed() throws Exception {
    Ended ended = run(Map.of("SLUICE_JAVA", "/nowhere"), "--version");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("SLUICE_JAVA=/nowhere");
  }

  @Test
  @Order(3)
  void twoFirstStartsBuildOnce() throws Exception {
    Path outA = copy.resolve("a.out");
    Path errA = copy.resolve("a.err");
    Path outB = copy.resolve("b.out");
    Path errB = copy.resolve("b.err");
    Process a = start(Map.of(), outA, errA, "--version");
    Process b = start(Map.of(), outB, errB, "--version");
    Ended endedA = end(a, outA, errA);
    Ended endedB = end(b, outB, errB);
    assertThat(endedA.code()).as(endedA.err()).isZero();
    assertThat(endedB.code()).as(endedB.err()).isZero();
    assertThat(endedA.out()).startsWith("sluice ").hasLineCount(1).isEqualTo(endedB.out());
    assertThat(List.of(endedA.err(), endedB.err()))
        .filteredOn(text -> text.contains("built in"))
        .hasSize(1);
  }

  @Test
  @Order(4)
  void aSecondStartDoesNotBuild() throws Exception {
    Ended ended = run(Map.of(), "--version");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).startsWith("sluice ").hasLineCount(1);
    assertThat(ended.err()).isEmpty();
  }

  @Test
  @Order(5)
  void exitCodesArePassedOn() throws Exception {
    Ended ended = run(Map.of(), "no-such-command");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  @Order(6)
  void aChangedSourceIsBuilt() throws Exception {
    Path source = copy.resolve("cli/src/main/java/dev/sluice/cli/Main.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    Ended told = run(Map.of("SLUICE_NO_BUILD", "1"), "--version");
    assertThat(told.code()).isZero();
    assertThat(told.err()).isEmpty();
    Ended ended = run(Map.of(), "--version");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("built in");
    assertThat(ended.out()).hasLineCount(1);
  }
}
