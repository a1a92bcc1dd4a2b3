package dev.sluice.server.mcp;

import dev.sluice.gateway.workspace.Run;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.server.pairing.AgentRows;
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

  /// An owner's word, the database's login and the catalog take no longer.
  private static final Duration BEFORE = Duration.ofMinutes(11);

  private static final long TELL_EVERY = 250_000_000L;

  private final int mostRows;
  private final long mostBytes;
  private final BiConsumer<Long, String> progress;
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile long begun;
  private volatile long over;
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
      case RunEvent.StateChanged changed -> {
        if (changed.state() == RunEvent.State.RUNNING) {
          begun = System.nanoTime();
          started.countDown();
        }
        progress.accept(seen, changed.state().name());
      }
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
    if (started.getCount() == 0) {
      over = System.nanoTime();
    }
    started.countDown();
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

  /// Waits for the end; stops the run when it takes longer than it may. What is waited for before
  /// it runs, such as the owner's word, is not its time.
  ///
  /// @return the last event; empty when time ran out
  Optional<RunEvent> await(Run run, Duration longest) throws InterruptedException {
    boolean runs = started.await(BEFORE.toMillis(), TimeUnit.MILLISECONDS);
    if (!runs || !ended.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      run.cancel();
      if (!ended.await(10, TimeUnit.SECONDS) || !(last instanceof RunEvent.Completed)) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(last);
  }

  /// How long it ran.
  Duration ran() {
    long from = begun;
    long until = over;
    return from == 0
        ? Duration.ZERO
        : Duration.ofNanos((until == 0 ? System.nanoTime() : until) - from);
  }

  List<String> names() {
    return columns.stream().map(column -> String.valueOf(column.get("name"))).toList();
  }

  /// The first rows, each value in words.
  List<List<String>> words() {
    return rows.stream()
        .limit(AgentRows.FIRST)
        .map(
            row ->
                row.stream().map(value -> value == null ? "NULL" : String.valueOf(value)).toList())
        .toList();
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
