package dev.sluice.governance.codec.wire;

import java.util.List;

/// The identity providers of a server, in the order to show.
public record SignInProviders(List<SignInProvider> providers) {
  public SignInProviders {
    providers = List.copyOf(providers);
  }
}
