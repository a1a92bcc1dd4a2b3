import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Builds Sluice for the launcher scripts, and on Windows runs it as well.
///
/// `--build` brings `.sluice/` up to date: own jars, `launch.args` (the JVM's argument file) and an
/// ahead-of-time cache. Only one process builds at a time; the others wait and use the result. All
/// messages go to standard error: standard output belongs to the command. `--run ARGUMENTS...`
/// builds when that is needed, then runs the command in a child process. `--build-bench` brings the
/// benchmarks up to date, which are not part of what runs otherwise. `--fetch NAME` fetches what
/// `build/fetch/NAME.xml` lists and writes its class path to `.sluice/NAME.path`.
public final class Launcher {

  private static final List<String> MODULES =
      List.of("governance-core", "gateway", "server", "app", "cli");

  private static final List<String> JAVAFX_ACCESS =
      List.of(
          "--add-exports=javafx.base/com.sun.javafx.event=ALL-UNNAMED",
          "--add-exports=javafx.base/com.sun.javafx.collections=ALL-UNNAMED",
          "--add-exports=javafx.base/com.sun.javafx.runtime=ALL-UNNAMED",
          "--add-exports=javafx.graphics/com.sun.javafx.scene=ALL-UNNAMED",
          "--add-exports=javafx.graphics/com.sun.javafx.scene.traversal=ALL-UNNAMED",
          "--add-exports=javafx.graphics/com.sun.javafx.css=ALL-UNNAMED",
          "--add-exports=javafx.graphics/com.sun.javafx.util=ALL-UNNAMED",
          "--add-exports=javafx.graphics/com.sun.javafx.application=ALL-UNNAMED",
          "--add-exports=javafx.controls/com.sun.javafx.scene.control=ALL-UNNAMED",
          "--add-exports=javafx.controls/com.sun.javafx.scene.control.behavior=ALL-UNNAMED",
          "--add-exports=javafx.controls/com.sun.javafx.scene.control.inputmap=ALL-UNNAMED",
          "--add-opens=javafx.controls/javafx.scene.control.skin=ALL-UNNAMED",
          "--add-opens=javafx.controls/javafx.scene.control=ALL-UNNAMED",
          "--add-opens=javafx.graphics/javafx.scene=ALL-UNNAMED");

  private final Path root;
  private final Path home;

  private Launcher(Path root) {
    this.root = root;
    this.home = root.resolve(".sluice");
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(System.getProperty("sluice.root", ".")).toAbsolutePath().normalize();
    Launcher launcher = new Launcher(root);
    if (arguments.length == 1 && arguments[0].equals("--build")) {
      System.exit(launcher.build());
    }
    if (arguments.length == 1 && arguments[0].equals("--build-bench")) {
      System.exit(launcher.locked(launcher::buildBench));
    }
    if (arguments.length == 2 && arguments[0].equals("--fetch")) {
      System.exit(launcher.locked(() -> launcher.fetch(arguments[1])));
    }
    if (arguments.length >= 1 && arguments[0].equals("--run")) {
      System.exit(launcher.run(List.of(arguments).subList(1, arguments.length)));
    }
    say("usage: Launcher --build | --build-bench | --fetch NAME | --run ARGUMENTS...");
    System.exit(2);
  }

  private int run(List<String> arguments) throws Exception {
    if (isStale()) {
      if (System.getenv("SLUICE_NO_BUILD") == null) {
        int code = build();
        if (code != 0) {
          return code;
        }
      } else if (!Files.exists(home.resolve("launch.args"))) {
        say("nothing is built yet, and SLUICE_NO_BUILD forbids building.");
        return 1;
      }
    }
    List<String> command = new ArrayList<>();
    command.add(java());
    command.add("@" + home.resolve("launch.args"));
    if (!arguments.isEmpty()
        && arguments.getFirst().equals("check")
        && !arguments.contains("--batch")) {
      // As in the script `sluice`: over before the optimising compiler has paid for itself.
      command.add("-XX:TieredStopAtLevel=1");
      command.add("-XX:+UseSerialGC");
    }
    if (!arguments.isEmpty() && arguments.getFirst().equals("server")) {
      // As there too: a small heap to begin with, which grows with the work.
      command.add("-Xms32m");
      command.add("-XX:MinHeapFreeRatio=10");
      command.add("-XX:MaxHeapFreeRatio=30");
    }
    command.add("dev.sluice.cli.Main");
    command.addAll(arguments);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private int build() throws Exception {
    return locked(() -> isStale() ? buildLocked() : 0);
  }

  private int locked(Callable<Integer> work) throws Exception {
    Files.createDirectories(home);
    try (FileChannel channel =
        FileChannel.open(
            home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        say("another start is building; waiting for it.");
        lock = channel.lock();
      }
      try {
        return work.call();
      } finally {
        lock.release();
      }
    }
  }

  private int buildLocked() throws Exception {
    long started = System.nanoTime();
    Path stamp = Files.writeString(home.resolve("stamp.new"), "");
    Files.setLastModifiedTime(stamp, FileTime.fromMillis(System.currentTimeMillis()));
    Path classPath = home.resolve("classpath.new");
    Path log = home.resolve("build.log");
    say("building (first use or changed sources); the log is " + root.relativize(log));

    if (!packaged("cli", classPath, log)) {
      return 1;
    }

    prepare(Files.readString(classPath).strip());
    Files.deleteIfExists(classPath);
    Files.move(stamp, home.resolve("stamp"), StandardCopyOption.REPLACE_EXISTING);
    say("built in " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started) + " s");
    return 0;
  }

  /// Builds one module and what it needs; what is wrong is said.
  private boolean packaged(String module, Path classPath, Path log) throws Exception {
    List<String> arguments =
        List.of(
            "-B",
            "-Pfast,launcher",
            "-Dmaven.test.skip=true",
            "-Dstyle.color=never",
            "-Dsluice.classpath.file=" + classPath,
            "-pl",
            module,
            "-am",
            "package");
    if (maven(arguments, log) == 0) {
      return true;
    }
    say("the build failed. The end of the log:");
    Files.readAllLines(log).stream()
        .filter(line -> line.startsWith("[ERROR]"))
        .limit(20)
        .forEach(System.err::println);
    return false;
  }

  private int maven(List<String> arguments, Path log) throws Exception {
    List<String> command = new ArrayList<>(maven());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process maven = builder.start();
    maven.getOutputStream().close();
    follow(maven, log);
    return maven.waitFor();
  }

  /// The benchmarks' jars stay in a folder of their own: no build of the product touches them while
  /// they run.
  private int buildBench() throws Exception {
    Path stamp = home.resolve("bench.stamp");
    List<Path> watched = watched("governance-core", "gateway", "server", "bench");
    if (Files.exists(stamp)
        && Files.exists(home.resolve("bench.args"))
        && isNewerThanAll(watched, Files.getLastModifiedTime(stamp))) {
      return 0;
    }
    FileTime started = FileTime.fromMillis(System.currentTimeMillis());
    Path log = home.resolve("bench-build.log");
    say("building the benchmarks; the log is " + root.relativize(log));
    Path classPath = home.resolve("bench-classpath.new");
    if (!packaged("bench", classPath, log)) {
      return 1;
    }
    Path jars = home.resolve("bench");
    Files.createDirectories(jars);
    List<String> classes = new ArrayList<>();
    List<String> entries =
        new ArrayList<>(List.of(Files.readString(classPath).strip().split(File.pathSeparator)));
    entries.add(0, ownJar("bench").toString());
    for (String entry : entries) {
      Path jar = Path.of(entry);
      classes.add(
          (jar.startsWith(root)
                  ? Files.copy(
                      jar, jars.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING)
                  : jar)
              .toString());
    }
    Files.deleteIfExists(classPath);
    if (fetch("shardingsphere") != 0) {
      say("  ShardingSphere could not be fetched: it will be left out.");
    }
    List<String> options = new ArrayList<>();
    options.add("--class-path");
    options.add(String.join(File.pathSeparator, classes));
    options.add("--enable-native-access=ALL-UNNAMED");
    options.add("--sun-misc-unsafe-memory-access=allow");
    options.add("-Dsluice.root=" + root);
    options.add("-Dsluice.bench.shardingsphere=" + home.resolve("shardingsphere.path"));
    options.add(
        "-Djava.util.logging.config.file=" + root.resolve("build").resolve("logging.properties"));
    replace(home.resolve("bench.args"), options.stream().map(Launcher::quoted).toList());
    Files.writeString(stamp, "");
    Files.setLastModifiedTime(stamp, started);
    return 0;
  }

  /// Fetches libraries that are never part of Sluice, and writes their class path to `NAME.path`.
  ///
  /// @param name of a file in `build/fetch`
  private int fetch(String name) throws Exception {
    Path pom = root.resolve("build").resolve("fetch").resolve(name + ".xml");
    if (!Files.exists(pom)) {
      say("there is nothing to fetch by the name " + name + ".");
      return 2;
    }
    Path path = home.resolve(name + ".path");
    if (Files.exists(path)
        && Files.getLastModifiedTime(path).compareTo(Files.getLastModifiedTime(pom)) > 0
        && Stream.of(Files.readString(path).strip().split(File.pathSeparator))
            .allMatch(jar -> Files.exists(Path.of(jar)))) {
      return 0;
    }
    say("fetching what " + name + " needs");
    Path next = home.resolve(name + ".path.new");
    int code =
        maven(
            List.of(
                "-B",
                "-Dstyle.color=never",
                "-f",
                pom.toString(),
                "-Dmdep.outputFile=" + next,
                "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath"),
            home.resolve("fetch.log"));
    if (code == 0) {
      Files.move(next, path, StandardCopyOption.REPLACE_EXISTING);
    } else {
      say("  that failed; the log is " + root.relativize(home.resolve("fetch.log")));
    }
    return code;
  }

  /// Shows each module as it is reached and counts what is fetched, so that nobody watches a still
  /// screen.
  private static void follow(Process maven, Path log) throws IOException {
    int fetched = 0;
    try (BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(maven.getInputStream(), StandardCharsets.UTF_8));
        var writer = Files.newBufferedWriter(log)) {
      String line;
      while ((line = reader.readLine()) != null) {
        if (line.contains("Downloaded from")) {
          fetched++;
          if (fetched % 50 == 0) {
            say("  " + fetched + " files fetched");
          }
        } else if (!line.contains("Downloading from") && !line.startsWith("Progress")) {
          writer.write(line);
          writer.newLine();
        }
        if (line.startsWith("[INFO] Building ") && line.endsWith("]")) {
          say("  " + line.substring("[INFO] Building ".length()).replaceAll("\\s+", " "));
        }
      }
    }
  }

  /// Copies own jars out of reach of a later build, and writes the argument file in one move.
  private void prepare(String classPath) throws Exception {
    Path jars = home.resolve("lib").resolve(Long.toString(System.currentTimeMillis()));
    Files.createDirectories(jars);
    List<String> classes = new ArrayList<>();
    List<String> modules = new ArrayList<>();
    List<String> entries = new ArrayList<>(List.of(classPath.split(File.pathSeparator)));
    entries.add(0, ownJar("cli").toString());
    for (String entry : entries) {
      Path jar = Path.of(entry);
      String name = jar.getFileName().toString();
      if (jar.startsWith(root)) {
        jar = Files.copy(jar, jars.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
      }
      // The jars without a platform in their name are empty.
      if (name.startsWith("javafx-")) {
        if (name.matches(".*-(linux|mac|win).*")) {
          modules.add(jar.toString());
        }
      } else {
        classes.add(jar.toString());
      }
    }

    List<String> options = new ArrayList<>();
    options.add("--class-path");
    options.add(String.join(File.pathSeparator, classes));
    options.add("--module-path");
    options.add(String.join(File.pathSeparator, modules));
    options.add("--add-modules=javafx.controls,javafx.swing");
    options.addAll(JAVAFX_ACCESS);
    options.add("--enable-native-access=ALL-UNNAMED,javafx.graphics");
    options.add("--sun-misc-unsafe-memory-access=allow");
    options.add("-Dsluice.root=" + root);
    options.add(
        "-Djava.util.logging.config.file=" + root.resolve("build").resolve("logging.properties"));
    options.add("-Dfile.encoding=UTF-8");
    options.add("-Dstdout.encoding=UTF-8");
    options.add("-Dstderr.encoding=UTF-8");
    options.add("-Dstdin.encoding=UTF-8");
    // Whatever the JVM itself has to say goes to standard error.
    options.add("-Xlog:disable");
    options.add("-Xlog:all=error:stderr");

    Path cache = train(options, jars.resolve("sluice.aot"));
    if (Files.exists(cache)) {
      options.add("-XX:AOTCache=" + cache);
    }
    List<String> all = new ArrayList<>(classes);
    all.addAll(modules);
    replace(home.resolve("jars"), all);
    replace(home.resolve("launch.args"), options.stream().map(Launcher::quoted).toList());
    deleteAllButLast(home.resolve("lib"), 2);
  }

  /// Runs a check and a server once and keeps the classes they loaded; a start without the cache is
  /// only slower, so a failure here is not one of the build.
  private Path train(List<String> options, Path cache) throws Exception {
    say("  preparing a quick start");
    Path input = root.resolve("build").resolve("training.jsonl");
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(options);
    command.addAll(List.of("-XX:AOTCacheOutput=" + cache, "dev.sluice.cli.Training"));
    Process process =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectInput(input.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(home.resolve("training.log").toFile())
            .start();
    if (!process.waitFor(240, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      Files.deleteIfExists(cache);
    }
    return cache;
  }

  private Path ownJar(String module) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(module).resolve("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("sluice-.*\\.jar"))
          .filter(file -> !file.getFileName().toString().contains("-tests"))
          .findFirst()
          .orElseThrow(() -> new IOException("no jar of " + module + " was built"));
    }
  }

  private boolean isStale() throws IOException {
    Path stamp = home.resolve("stamp");
    if (!Files.exists(stamp) || !Files.exists(home.resolve("launch.args"))) {
      return true;
    }
    for (String jar : Files.readAllLines(home.resolve("jars"))) {
      if (!Files.exists(Path.of(jar))) {
        return true;
      }
    }
    return !isNewerThanAll(
        watched(MODULES.toArray(String[]::new)), Files.getLastModifiedTime(stamp));
  }

  private List<Path> watched(String... modules) {
    List<Path> watched = new ArrayList<>(List.of(root.resolve("pom.xml")));
    for (String module : modules) {
      watched.add(root.resolve(module).resolve("pom.xml"));
      watched.add(root.resolve(module).resolve("src").resolve("main"));
    }
    return watched;
  }

  private static boolean isNewerThanAll(List<Path> watched, FileTime built) throws IOException {
    for (Path path : watched) {
      if (Files.exists(path) && newerThan(path, built)) {
        return false;
      }
    }
    return true;
  }

  private static boolean newerThan(Path tree, FileTime instant) throws IOException {
    boolean[] newer = {false};
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return visitFile(folder, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            newer[0] = attributes.lastModifiedTime().compareTo(instant) > 0;
            return newer[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }
        });
    return newer[0];
  }

  private static void replace(Path file, List<String> lines) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.write(next, lines);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void deleteAllButLast(Path folder, int kept) throws IOException {
    List<Path> versions;
    try (Stream<Path> children = Files.list(folder)) {
      versions = children.sorted(Comparator.reverseOrder()).skip(kept).toList();
    }
    for (Path version : versions) {
      try (Stream<Path> files = Files.walk(version)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static String quoted(String option) {
    return '"' + option.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static List<String> maven() {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    return windows ? List.of("cmd", "/c", "mvn") : List.of("mvn");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void say(String message) {
    System.err.println("sluice: " + message);
  }
}
