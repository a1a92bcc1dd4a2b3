package dev.sluice.installer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Lays the jars of a class path out for one platform: libraries of other systems left out, JavaFX
/// apart as modules for the linker, everything with one time so that two builds of one commit hold
/// the same bytes.
///
/// @param application folder of class path jars
/// @param modules folder of JavaFX's modular jars, without their libraries
/// @param libraries folder of JavaFX's native libraries, to lie in the runtime's own folder: there
///     they are loaded from, instead of being unpacked into each person's home
record Jars(Path application, Path modules, Path libraries) {

  /// The time of every file of a package.
  static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  static Jars lay(Path from, Path to, Platform platform) throws IOException {
    Jars jars =
        new Jars(
            Files.createDirectories(to.resolve("application")),
            Files.createDirectories(to.resolve("modules")),
            Files.createDirectories(to.resolve("libraries")));
    for (Path jar : list(from)) {
      String name = jar.getFileName().toString();
      if (!name.startsWith("javafx-")) {
        copy(jar, jars.application.resolve(name), entry -> !platform.isForeignLibrary(entry));
      } else if (name.matches(".*-(linux|mac|win).*")) {
        // The jars without a platform in their name are empty.
        copy(jar, jars.modules.resolve(name), entry -> !isLibrary(entry));
        unpackLibraries(jar, jars.libraries);
      }
    }
    return jars;
  }

  static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /// Copies the entries of a jar that are wanted, in the order of their names, with one time and
  /// not compressed: the package compresses all jars together, which is smaller by a third, and
  /// classes are read faster. What the entries hold does not change, so a signed jar keeps its
  /// proof.
  static void copy(Path jar, Path to, Predicate<String> wanted) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile());
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(to));
        ZipOutputStream out = new ZipOutputStream(file)) {
      List<? extends ZipEntry> entries = new ArrayList<>(zip.stream().toList());
      entries.sort(Comparator.comparing(Jars::rank).thenComparing(ZipEntry::getName));
      for (ZipEntry entry : entries) {
        if (wanted.test(entry.getName())) {
          ZipEntry next = new ZipEntry(entry.getName());
          next.setLastModifiedTime(FileTime.from(TIME));
          next.setMethod(ZipEntry.STORED);
          next.setSize(entry.getSize());
          next.setCrc(entry.getCrc());
          out.putNextEntry(next);
          try (InputStream in = zip.getInputStream(entry)) {
            in.transferTo(out);
          }
          out.closeEntry();
        }
      }
    }
    Files.setLastModifiedTime(to, FileTime.from(TIME));
  }

  /// A jar's manifest comes first: readers of streams look for it there.
  private static int rank(ZipEntry entry) {
    String name = entry.getName();
    return name.equals("META-INF/") ? 0 : name.equals("META-INF/MANIFEST.MF") ? 1 : 2;
  }

  private static boolean isLibrary(String entry) {
    return entry.endsWith(".so") || entry.endsWith(".dylib") || entry.endsWith(".dll");
  }

  private static void unpackLibraries(Path jar, Path to) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().filter(entry -> isLibrary(entry.getName())).toList()) {
        Path file = to.resolve(Path.of(entry.getName()).getFileName().toString());
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, file);
        }
        Files.setLastModifiedTime(file, FileTime.from(TIME));
      }
    }
  }
}
