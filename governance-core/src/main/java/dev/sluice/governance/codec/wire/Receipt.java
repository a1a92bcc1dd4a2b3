package dev.sluice.governance.codec.wire;

/// The server has written the event down durably.
///
/// @param eventId as sent
/// @param sequence its place in the server's log, from 1
/// @param leafHash RFC 6962 leaf hash of the entry, base64
/// @param at server time, ISO-8601
/// @param signature Ed25519 by the log key over the lines `sluice-receipt/1`, event id, sequence,
///     leaf hash and time, each ended by a line feed; base64
public record Receipt(String eventId, long sequence, String leafHash, String at, String signature) {

  /// What is signed.
  public String signedText() {
    return "sluice-receipt/1\n" + eventId + "\n" + sequence + "\n" + leafHash + "\n" + at + "\n";
  }
}
