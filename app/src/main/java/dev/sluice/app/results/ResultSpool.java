package dev.sluice.app.results;

import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/// A result in a file, as it was shown, in pages that are each encrypted and bound to their place:
/// AES-256-GCM with a fresh random prefix a file. A page that was changed, moved or left out makes
/// the rest unreadable, and a file without its end is known as partial. Blocks: call it off the FX
/// thread.
public final class ResultSpool {

  private static final byte[] MAGIC = "sluice-rows 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int PREFIX_BYTES = 8;
  private static final int PAGE_ROWS = 4096;
  private static final int MOST_PAGE_BYTES = 256 * 1024 * 1024;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  /// What was kept of a result.
  ///
  /// @param statement its text
  /// @param connection its connection's name
  /// @param at when it was run
  /// @param partial the end is missing: there were more rows
  public record Kept(
      String statement,
      String connection,
      Instant at,
      List<ResultColumn> columns,
      ColumnStore store,
      boolean partial) {
    public Kept {
      columns = List.copyOf(columns);
    }
  }

  private ResultSpool() {}

  /// Writes a result, in place of what was there.
  ///
  /// @param mostBytes more than this is left out; the file is then partial
  /// @throws IOException when it could not be written to its end; what is there is partial
  static void write(
      Path file,
      SecretKey key,
      String statement,
      String connection,
      Instant at,
      GridModel model,
      long mostBytes)
      throws IOException {
    byte[] prefix = new byte[PREFIX_BYTES];
    RANDOM.nextBytes(prefix);
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.write(MAGIC);
      out.write(prefix);
      int page = 0;
      page(out, key, prefix, page++, head(statement, connection, at, model.all()));
      ColumnStore store = model.store();
      int rows = store.rows();
      long written = 0;
      for (int from = 0; from < rows; from += PAGE_ROWS) {
        byte[] bytes = rows(store, from, Math.min(rows, from + PAGE_ROWS));
        written += bytes.length;
        if (written > mostBytes || bytes.length > MOST_PAGE_BYTES) {
          return;
        }
        page(out, key, prefix, page++, bytes);
      }
      page(out, key, prefix, page, new byte[0]);
    }
  }

  /// Reads what was kept; empty when the file is not one of ours or its key is not this one.
  public static Optional<Kept> read(Path file, SecretKey key) {
    try (DataInputStream in =
        new DataInputStream(new java.io.BufferedInputStream(Files.newInputStream(file)))) {
      byte[] magic = in.readNBytes(MAGIC.length);
      byte[] prefix = in.readNBytes(PREFIX_BYTES);
      if (!java.util.Arrays.equals(magic, MAGIC) || prefix.length < PREFIX_BYTES) {
        return Optional.empty();
      }
      DataInputStream head =
          new DataInputStream(new ByteArrayInputStream(page(in, key, prefix, 0)));
      String statement = text(head);
      String connection = text(head);
      Instant at = Instant.ofEpochMilli(head.readLong());
      List<ResultColumn> columns = columns(head);
      ColumnStore store = new ColumnStore(columns.size());
      boolean partial = rows(in, key, prefix, columns.size(), store);
      return Optional.of(new Kept(statement, connection, at, columns, store, partial));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// @return whether the end is missing
  private static boolean rows(
      DataInputStream in, SecretKey key, byte[] prefix, int width, ColumnStore store) {
    try {
      for (int page = 1; ; page++) {
        byte[] bytes = page(in, key, prefix, page);
        if (bytes.length == 0) {
          return false;
        }
        DataInputStream rows = new DataInputStream(new ByteArrayInputStream(bytes));
        int count = rows.readInt();
        List<@Nullable Object[]> batch = new ArrayList<>(count);
        boolean[] numeric = new boolean[width];
        for (int column = 0; column < width; column++) {
          numeric[column] = rows.readBoolean();
        }
        for (int row = 0; row < count; row++) {
          @Nullable Object[] values = new Object[width];
          for (int column = 0; column < width; column++) {
            values[column] = value(rows, numeric[column]);
          }
          batch.add(values);
        }
        store.append(batch);
      }
    } catch (IOException | GeneralSecurityException | NumberFormatException e) {
      return true;
    }
  }

  private static @Nullable Object value(DataInputStream in, boolean numeric) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return numeric && CellFilter.number(text).isPresent() ? new java.math.BigDecimal(text) : text;
  }

  private static byte[] rows(ColumnStore store, int from, int to) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(to - from);
    for (int column = 0; column < store.width(); column++) {
      out.writeBoolean(store.isNumeric(column));
    }
    for (int row = from; row < to; row++) {
      for (int column = 0; column < store.width(); column++) {
        if (store.isNull(row, column)) {
          out.writeInt(-1);
        } else {
          text(out, store.text(row, column));
        }
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] head(
      String statement, String connection, Instant at, List<ResultColumn> columns)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    text(out, statement);
    text(out, connection);
    out.writeLong(at.toEpochMilli());
    out.writeInt(columns.size());
    for (ResultColumn column : columns) {
      text(out, column.label());
      text(out, column.typeName());
      out.writeBoolean(column.mask().isPresent());
      if (column.mask().isPresent()) {
        ColumnMask mask = column.mask().get();
        text(out, mask.spec().algorithm());
        text(out, String.join("\n", mask.tags()));
        out.writeInt(mask.sensitiveSources().size());
        for (ColumnRef source : mask.sensitiveSources()) {
          text(out, source.table().schema());
          text(out, source.table().name());
          text(out, source.column());
        }
      }
    }
    return bytes.toByteArray();
  }

  private static List<ResultColumn> columns(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<ResultColumn> columns = new ArrayList<>();
    for (int ordinal = 0; ordinal < count; ordinal++) {
      String label = text(in);
      String type = text(in);
      Optional<ColumnMask> mask =
          in.readBoolean() ? Optional.of(mask(in, ordinal)) : Optional.empty();
      columns.add(new ResultColumn(label, type, mask));
    }
    return columns;
  }

  private static ColumnMask mask(DataInputStream in, int ordinal) throws IOException {
    String algorithm = text(in);
    Set<String> tags = new TreeSet<>(List.of(text(in).split("\n")));
    Set<ColumnRef> sources = new TreeSet<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      sources.add(new ColumnRef(new TableRef(text(in), text(in)), text(in)));
    }
    return new ColumnMask(ordinal, tags, sources, MaskSpec.of(algorithm), false);
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MOST_PAGE_BYTES) {
      throw new EOFException("A length is damaged.");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static void page(
      DataOutputStream out, SecretKey key, byte[] prefix, int number, byte[] plain)
      throws IOException {
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, prefix, number).doFinal(plain);
      out.writeInt(sealed.length);
      out.write(sealed);
    } catch (GeneralSecurityException e) {
      throw new IOException("A page could not be sealed.", e);
    }
  }

  private static byte[] page(DataInputStream in, SecretKey key, byte[] prefix, int number)
      throws IOException, GeneralSecurityException {
    int length = in.readInt();
    if (length < TAG_BITS / 8 || length > MOST_PAGE_BYTES + TAG_BITS / 8) {
      throw new EOFException("A page is damaged.");
    }
    byte[] sealed = in.readNBytes(length);
    if (sealed.length < length) {
      throw new EOFException("A page is cut off.");
    }
    return cipher(Cipher.DECRYPT_MODE, key, prefix, number).doFinal(sealed);
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] prefix, int number)
      throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(PREFIX_BYTES + 4).put(prefix).putInt(number).array();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(MAGIC);
    return cipher;
  }
}
