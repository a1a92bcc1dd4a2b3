package dev.sluice.gateway.execution;

import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.RowMasker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Takes rows from a backend, masks them and hands them on, within limits. One per run.
final class RowStream {

  private static final int FIRST_BATCH = 50;

  /// A result longer than this is read ahead; a thread is not worth its cost for less.
  private static final int READ_DIRECTLY = 1000;

  private final ExecutionRequest request;
  private final ResultReceiver receiver;
  private final Cancellation cancellation;
  private final MaskerFactory maskers;
  private final long started;
  private final List<Incident> incidents = new ArrayList<>();
  private Duration firstRow = Duration.ZERO;
  private long delivered;
  private boolean truncated;

  RowStream(
      ExecutionRequest request,
      ResultReceiver receiver,
      Cancellation cancellation,
      MaskerFactory maskers,
      long started) {
    this.request = request;
    this.receiver = receiver;
    this.cancellation = cancellation;
    this.maskers = maskers;
    this.started = started;
  }

  long delivered() {
    return delivered;
  }

  boolean truncated() {
    return truncated;
  }

  Duration firstRow() {
    return firstRow;
  }

  List<Incident> incidents() {
    return incidents;
  }

  /// All rows up to the limits.
  void deliver(BackendResult result, Expectation expected) throws BackendFailure {
    RowMasker masker = maskers.of(expected.plan(), request.keys());
    int[] watched = watched(expected);
    receiver.columns(columns(result.columns(), expected));
    long most = request.permit().limits().rows().orElse(Long.MAX_VALUE);
    long deadline = deadline();
    List<@Nullable Object[]> batch = new ArrayList<>(FIRST_BATCH);
    ReadAhead ahead = null;
    try {
      while (true) {
        long taken = delivered + batch.size();
        if (ahead == null && taken >= READ_DIRECTLY && taken < most) {
          // One more than the limit tells whether it cut anything.
          ahead = new ReadAhead(result, most - taken + 1);
        }
        @Nullable Object @Nullable [] row = ahead == null ? result.next() : ahead.next();
        if (row == null) {
          break;
        }
        if (taken >= most) {
          truncated = true;
          break;
        }
        if (cancellation.isRequested()) {
          break;
        }
        if (firstRow.isZero()) {
          firstRow = Duration.ofNanos(System.nanoTime() - started);
        }
        masker.mask(row);
        watch(row, watched);
        if (expected.describes()) {
          Credentials.hide(row);
        }
        batch.add(row);
        if (batch.size() >= (delivered == 0 ? FIRST_BATCH : request.batchRows())) {
          if (System.nanoTime() - deadline > 0) {
            throw new BackendFailure(
                BackendFailure.Kind.TIMED_OUT, "", 0, OptionalInt.empty(), "limit reached");
          }
          hand(batch);
          batch = new ArrayList<>(request.batchRows());
        }
      }
    } finally {
      if (ahead != null) {
        ahead.close();
      }
    }
    if (!cancellation.isRequested()) {
      hand(batch);
    }
  }

  private void hand(List<@Nullable Object[]> batch) {
    if (!batch.isEmpty()) {
      delivered += batch.size();
      receiver.rows(batch);
    }
  }

  private long deadline() {
    OptionalLong seconds = request.permit().limits().seconds();
    return seconds.isPresent()
        ? started + Duration.ofSeconds(Math.max(1, seconds.getAsLong())).toNanos()
        : started + Long.MAX_VALUE / 2;
  }

  /// Columns that no mask covers and no classification vouches for: an exempt person sees a
  /// classified column as it is.
  private int[] watched(Expectation expected) {
    return IntStream.range(0, expected.plan().width())
        .filter(
            ordinal ->
                expected.maskAt(ordinal).isEmpty()
                    && (expected.describes()
                        || !Sensitivity.reaches(request, expected.outputs().get(ordinal))))
        .toArray();
  }

  private void watch(@Nullable Object[] row, int[] watched) {
    for (int ordinal : watched) {
      if (row[ordinal] instanceof String text) {
        Optional<String> shape = ValueShapes.in(text);
        if (shape.isPresent()) {
          row[ordinal] = ValueShapes.HIDDEN;
          report(ordinal, shape.get());
        }
      }
    }
  }

  private void report(int ordinal, String shape) {
    boolean known = incidents.stream().anyMatch(incident -> incident.ordinal() == ordinal);
    if (!known) {
      incidents.add(
          new Incident(
              "value-shape",
              ordinal,
              "Column "
                  + (ordinal + 1)
                  + " held text in the shape of a "
                  + shape
                  + "; it was hidden. The column may need a classification."));
    }
  }

  /// A label can be a value: a PIVOT names its columns after what it finds.
  private List<ResultReceiver.Column> columns(List<BackendColumn> found, Expectation expected) {
    List<ResultReceiver.Column> columns = new ArrayList<>(found.size());
    for (int ordinal = 0; ordinal < found.size(); ordinal++) {
      Optional<ColumnMask> mask = expected.maskAt(ordinal);
      BackendColumn column = found.get(ordinal);
      Optional<String> shape = ValueShapes.in(column.label());
      if (shape.isPresent()) {
        report(ordinal, shape.get());
      }
      columns.add(
          new ResultReceiver.Column(
              shape.isPresent() ? ValueShapes.HIDDEN : column.label(), column.typeName(), mask));
    }
    return columns;
  }
}
