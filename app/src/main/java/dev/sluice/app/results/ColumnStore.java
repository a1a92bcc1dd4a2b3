package dev.sluice.app.results;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows of one result by column, as text: a few bytes a cell instead of objects. One thread
/// appends, any thread reads.
///
/// A value over 1 MB is kept to its first 1 MB and marked; NULL and the empty text are different.
public final class ColumnStore {

  static final int VALUE_LIMIT = 1_000_000;
  private static final int CHUNK_ROWS = 4096;

  private final int width;
  private final List<Chunk[]> chunks = new ArrayList<>();
  private final boolean[] numeric;
  private final Map<Long, Long> capped = new HashMap<>();
  private int rows;

  public ColumnStore(int width) {
    this.width = width;
    this.numeric = new boolean[width];
    Arrays.fill(numeric, true);
  }

  public synchronized int rows() {
    return rows;
  }

  public int width() {
    return width;
  }

  /// Adds rows at the end.
  ///
  /// @throws IllegalArgumentException when a row has another width
  public synchronized void append(List<@Nullable Object[]> more) {
    for (@Nullable Object[] row : more) {
      if (row.length != width) {
        throw new IllegalArgumentException(
            "A row of " + row.length + " values in a result of " + width + " columns.");
      }
      if (rows % CHUNK_ROWS == 0) {
        seal();
        Chunk[] fresh = new Chunk[width];
        Arrays.setAll(fresh, column -> new Chunk());
        chunks.add(fresh);
      }
      Chunk[] chunk = chunks.getLast();
      for (int column = 0; column < width; column++) {
        Object value = row[column];
        if (value != null && !(value instanceof Number)) {
          numeric[column] = false;
        }
        String text = value == null ? null : CellValues.text(value);
        if (text != null && text.length() >= VALUE_LIMIT) {
          capped.put((long) rows * width + column, CellValues.length(value));
        }
        chunk[column].add(text);
      }
      rows++;
    }
  }

  private void seal() {
    if (!chunks.isEmpty()) {
      for (Chunk chunk : chunks.getLast()) {
        chunk.trim();
      }
    }
  }

  public synchronized boolean isNull(int row, int column) {
    return chunks.get(row / CHUNK_ROWS)[column].isNull(row % CHUNK_ROWS);
  }

  /// The value as text, empty for NULL.
  public synchronized String text(int row, int column) {
    return chunks.get(row / CHUNK_ROWS)[column].text(row % CHUNK_ROWS, Integer.MAX_VALUE);
  }

  /// At most `bytes` bytes of it, for drawing.
  public synchronized String preview(int row, int column, int bytes) {
    return chunks.get(row / CHUNK_ROWS)[column].text(row % CHUNK_ROWS, bytes);
  }

  /// Characters of a value before it was capped (bytes of a binary one); of what is kept when it
  /// was not.
  public synchronized long fullLength(int row, int column) {
    Long known = capped.get((long) row * width + column);
    return known == null ? text(row, column).length() : known;
  }

  public synchronized boolean isCapped(int row, int column) {
    return capped.containsKey((long) row * width + column);
  }

  /// Whether every value so far is a number.
  public synchronized boolean isNumeric(int column) {
    return numeric[column] && rows > 0;
  }

  /// Bytes held for values, for measurements.
  public synchronized long bytes() {
    long sum = 0;
    for (Chunk[] chunk : chunks) {
      for (Chunk column : chunk) {
        sum += column.data.length + 4L * column.ends.length;
      }
    }
    return sum;
  }

  /// UTF-8 of consecutive values of one column; the end offset of a NULL is marked by its sign.
  private static final class Chunk {
    private static final byte[] NONE = {};

    private byte[] data = NONE;
    private int[] ends = new int[16];
    private int count;
    private int used;

    void add(@Nullable String value) {
      if (count == ends.length) {
        ends = Arrays.copyOf(ends, count * 2);
      }
      if (value == null) {
        ends[count++] = -used - 1;
        return;
      }
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      if (used + bytes.length > data.length) {
        data = Arrays.copyOf(data, Math.max(used + bytes.length, data.length * 2));
      }
      System.arraycopy(bytes, 0, data, used, bytes.length);
      used += bytes.length;
      ends[count++] = used;
    }

    void trim() {
      data = Arrays.copyOf(data, used);
      ends = Arrays.copyOf(ends, count);
    }

    boolean isNull(int index) {
      return ends[index] < 0;
    }

    private int end(int index) {
      return ends[index] < 0 ? -ends[index] - 1 : ends[index];
    }

    String text(int index, int limit) {
      if (isNull(index)) {
        return "";
      }
      int from = index == 0 ? 0 : end(index - 1);
      int length = Math.min(end(index) - from, limit);
      return new String(data, from, length, StandardCharsets.UTF_8);
    }
  }
}
