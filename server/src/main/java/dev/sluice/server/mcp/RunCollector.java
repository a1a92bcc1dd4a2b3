package dev.sluice.server.mcp;

import dev.sluice.gateway.workspace.Run;
import dev.sluice.gateway.workspace.RunEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Collects what a run delivers, within the rows and bytes that may be answered.
final class RunCollector implements Consumer<RunEvent> {

  private static final long TELL_EVERY = 250_000_000L;

  private final int mostRows;
  private final long mostBytes;
  private final BiConsumer<Long, String> progress;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Map<String, Object>> columns = new ArrayList<>();
  private final List<List<@Nullable Object>> rows = new ArrayList<>();
  private long bytes;
  private long seen;
  private boolean cut;
  private long told;
  private volatile @Nullable RunEvent last;

  /// @param progress hears of rows so far and the state in a word
  RunCollector(int mostRows, long mostBytes, BiConsumer<Long, String> progress) {
    this.mostRows = mostRows;
    this.mostBytes = mostBytes;
    this.progress = progress;
  }

  @Override
  public void accept(RunEvent event) {
    switch (event) {
      case RunEvent.StateChanged changed -> progress.accept(seen, changed.state().name());
      case RunEvent.ColumnsKnown known -> known.columns().forEach(this::column);
      case RunEvent.Rows more -> more.rows().forEach(this::row);
      case RunEvent.Completed completed -> end(completed);
      case RunEvent.Refused refused -> end(refused);
      case RunEvent.Failed failed -> end(failed);
      case RunEvent.Cancelled cancelled -> end(cancelled);
    }
  }

  private void end(RunEvent event) {
    last = event;
    ended.countDown();
  }

  private void column(RunEvent.ResultColumn column) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", Untrusted.visible(column.label(), 200));
    told.put("type", column.typeName());
    told.put("masked", column.mask().isPresent());
    column.mask().ifPresent(mask -> told.put("mask", mask.spec().algorithm()));
    columns.add(told);
  }

  private void row(@Nullable Object[] values) {
    seen++;
    if (System.nanoTime() - told > TELL_EVERY) {
      told = System.nanoTime();
      progress.accept(seen, "STREAMING");
    }
    if (cut || rows.size() >= mostRows) {
      cut = true;
      return;
    }
    List<@Nullable Object> row = new ArrayList<>(values.length);
    long size = 2;
    for (Object value : values) {
      Object cell = Untrusted.cell(value);
      size +=
          cell instanceof String text
              ? text.getBytes(StandardCharsets.UTF_8).length + 3
              : String.valueOf(cell).length() + 1;
      row.add(cell);
    }
    if (bytes + size > mostBytes) {
      cut = true;
      return;
    }
    bytes += size;
    rows.add(row);
  }

  /// Waits for the end; stops the run when it takes longer than it may.
  ///
  /// @return the last event; empty when time ran out
  Optional<RunEvent> await(Run run, Duration longest) throws InterruptedException {
    if (!ended.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      run.cancel();
      if (!ended.await(10, TimeUnit.SECONDS) || !(last instanceof RunEvent.Completed)) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(last);
  }

  List<Map<String, Object>> columns() {
    return columns;
  }

  List<List<@Nullable Object>> rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }

  boolean isCut() {
    return cut;
  }
}
