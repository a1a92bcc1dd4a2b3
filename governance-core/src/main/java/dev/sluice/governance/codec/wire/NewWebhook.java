package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.util.Set;

/// A web address that is to be told of what happens. Address and secret go to the server, are
/// sealed there, and never come back: for Slack and Teams the address is the secret.
///
/// @param name of its own among all receivers
/// @param format `generic`, `slack` or `teams`
/// @param address https
/// @param secret signs generic messages; empty for the others
/// @param kinds beginnings of the kinds of events it is told of, such as `approval.requested`;
///     empty for all
public record NewWebhook(
    String name,
    String format,
    @Sensitive String address,
    @Sensitive String secret,
    Set<String> kinds) {
  public NewWebhook {
    kinds = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(kinds));
  }

  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
