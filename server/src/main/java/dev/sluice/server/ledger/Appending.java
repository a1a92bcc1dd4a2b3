package dev.sluice.server.ledger;

import dev.sluice.server.store.Transaction;
import dev.sluice.server.store.Work;
import java.util.List;
import java.util.function.Function;

/// A write that says beforehand which events it will look for in the log, so that the writer looks
/// for those of all waiting pieces at once.
///
/// @param eventIds of events that are appended or referred to
record Appending<T>(List<String> eventIds, Function<Transaction, T> work) implements Work<T> {

  Appending {
    eventIds = List.copyOf(eventIds);
  }

  @Override
  public T in(Transaction transaction) {
    return work.apply(transaction);
  }
}
