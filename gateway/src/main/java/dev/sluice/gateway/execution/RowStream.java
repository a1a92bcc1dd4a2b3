package dev.sluice.gateway.execution;

import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.RowMasker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Takes rows from a backend, masks them and hands them on, within limits. One per run.
final class RowStream {

  private static final int FIRST_BATCH = 50;

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
    boolean[] watched = watched(expected);
    receiver.columns(columns(result.columns(), expected));
    long most = request.permit().limits().rows().orElse(Long.MAX_VALUE);
    long deadline = deadline();
    List<@Nullable Object[]> batch = new ArrayList<>(FIRST_BATCH);
    for (@Nullable Object @Nullable [] row = result.next(); row != null; row = result.next()) {
      if (delivered + batch.size() >= most) {
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
  private boolean[] watched(Expectation expected) {
    boolean[] watched = new boolean[expected.plan().width()];
    for (int ordinal = 0; ordinal < watched.length; ordinal++) {
      watched[ordinal] =
          expected.maskAt(ordinal).isEmpty()
              && (expected.describes()
                  || !Sensitivity.reaches(request, expected.outputs().get(ordinal)));
    }
    return watched;
  }

  private void watch(@Nullable Object[] row, boolean[] watched) {
    for (int ordinal = 0; ordinal < row.length; ordinal++) {
      if (watched[ordinal] && row[ordinal] instanceof String text) {
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
