package dev.sluice.governance.codec.wire;

/// The newest state of the audit log that a client has seen and checked.
///
/// @param size entries, 0 before the first
/// @param root base64, empty before the first
public record LogHead(long size, String root) {
  public static LogHead none() {
    return new LogHead(0, "");
  }
}
