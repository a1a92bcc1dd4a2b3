package dev.sluice.governance.policy.broken;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Broken on purpose: the core looks nothing up.
final class LooksAHostUp {
  InetAddress find(String name) throws UnknownHostException {
    return InetAddress.getByName(name);
  }
}
