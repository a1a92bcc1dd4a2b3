package dev.sluice.app.editor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// A script in a file, as it was when it was read or written last. In the window every line ends
/// with a line feed; in the file lines end as they did, in the encoding that it had.
///
/// @param encoding UTF-8; UTF-16 where the file begins with its mark; else Windows-1252
/// @param mark whether the file begins with a byte order mark
/// @param crlf whether its lines end with carriage return and line feed
/// @param digest SHA-256 of its bytes, to notice that somebody else wrote it
public record SqlFile(Path path, Charset encoding, boolean mark, boolean crlf, String digest) {

  /// Larger files are no scripts that an editor is for.
  public static final long LIMIT = 64L * 1024 * 1024;

  private static final Charset OLD_WINDOWS = Charset.forName("windows-1252");

  /// @param text with line feeds only
  public record Opened(SqlFile file, String text) {}

  /// The file cannot be read or written; the message is fit for people.
  public static final class Problem extends Exception {
    public Problem(String message) {
      super(message);
    }
  }

  /// Reads a file.
  public static Opened open(Path path) throws Problem {
    byte[] bytes = read(path);
    Optional<Charset> marked = marked(bytes);
    boolean mark = marked.isPresent();
    Charset encoding = marked.orElse(isUtf8(bytes) ? StandardCharsets.UTF_8 : OLD_WINDOWS);
    String raw = new String(bytes, encoding);
    String text = mark && raw.startsWith("\uFEFF") ? raw.substring(1) : raw;
    boolean crlf = text.contains("\r\n");
    return new Opened(
        new SqlFile(path.toAbsolutePath().normalize(), encoding, mark, crlf, digest(bytes)),
        text.replace("\r\n", "\n").replace('\r', '\n'));
  }

  /// A file that is still to be written.
  public static SqlFile fresh(Path path) {
    boolean windows = System.lineSeparator().equals("\r\n");
    return new SqlFile(
        path.toAbsolutePath().normalize(), StandardCharsets.UTF_8, false, windows, "");
  }

  /// Writes a text in place of what the file holds: whole, or not at all.
  ///
  /// @return the file as it is now
  public SqlFile save(String text) throws Problem {
    String lines = crlf ? text.replace("\n", "\r\n") : text;
    if (!encoding.newEncoder().canEncode(lines)) {
      throw new Problem(
          path.getFileName()
              + " is written in "
              + encoding.displayName()
              + ", which lacks a character of this text. Save it under another name: a new file is"
              + " written in UTF-8.");
    }
    byte[] bytes = (mark ? "\uFEFF" + lines : lines).getBytes(encoding);
    try {
      Path target = Files.exists(path) ? path.toRealPath() : path;
      Path near = target.resolveSibling("." + target.getFileName() + ".sluice-new");
      try {
        Files.write(near, bytes);
        if (Files.exists(target)
            && near.getFileSystem().supportedFileAttributeViews().contains("posix")) {
          Files.setPosixFilePermissions(near, Files.getPosixFilePermissions(target));
        }
        move(near, target);
      } finally {
        Files.deleteIfExists(near);
      }
    } catch (IOException e) {
      throw new Problem(
          path
              + " cannot be written. What was there stays; look for space and rights, or save it"
              + " under another name.");
    }
    return new SqlFile(path, encoding, mark, crlf, digest(bytes));
  }

  /// Whether the file holds something else than it did when it was read or written here. A file
  /// that is gone has not changed: saving brings it back.
  public boolean hasChanged() {
    try {
      return Files.exists(path) && !digest(read(path)).equals(digest);
    } catch (Problem e) {
      return false;
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static byte[] read(Path path) throws Problem {
    try {
      if (!Files.isRegularFile(path)) {
        throw new Problem(path + " is not a file.");
      }
      if (Files.size(path) > LIMIT) {
        throw new Problem(
            path + " has more than 64 MB. Run it with sluice run, or open a part of it.");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new Problem(path + " cannot be read.");
    }
  }

  private static Optional<Charset> marked(byte[] bytes) {
    if (begins(bytes, 0xEF, 0xBB, 0xBF)) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    if (begins(bytes, 0xFE, 0xFF)) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    return begins(bytes, 0xFF, 0xFE) ? Optional.of(StandardCharsets.UTF_16LE) : Optional.empty();
  }

  private static boolean begins(byte[] bytes, int... mark) {
    return bytes.length >= mark.length
        && Arrays.equals(
            Arrays.copyOf(bytes, mark.length), 0, mark.length, asBytes(mark), 0, mark.length);
  }

  private static byte[] asBytes(int[] mark) {
    byte[] bytes = new byte[mark.length];
    for (int i = 0; i < mark.length; i++) {
      bytes[i] = (byte) mark[i];
    }
    return bytes;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", e);
    }
  }
}
