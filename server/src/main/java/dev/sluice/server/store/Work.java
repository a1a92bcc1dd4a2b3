package dev.sluice.server.store;

/// Something to write. It may run in one transaction with others; when it throws, only its own
/// writes are undone.
public interface Work<T> {
  T in(Transaction transaction);
}
