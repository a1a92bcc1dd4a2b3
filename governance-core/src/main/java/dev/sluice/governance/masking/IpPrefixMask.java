package dev.sluice.governance.masking;

/// Shows the network of an IP address: the first 16 bits of a version 4 address (`v4` says
/// otherwise, at most 24), the first 48 of a version 6 address (`v6`, at most 64). What is not an
/// address literal is redacted; nothing is ever looked up.
///
/// ```example
/// {algorithm: ip-prefix}
/// 192.0.2.77 -> "192.0.0.0/16"
/// "2001:db8:1234:5678::1" -> "2001:db8:1234:0:0:0:0:0/48"
/// "::ffff:192.0.2.77" -> "192.0.0.0/16"
/// "fe80::1:" -> "[redacted]"
/// "192.0.2.256" -> "[redacted]"
/// localhost -> "[redacted]"
/// ```
/// ```example
/// {algorithm: ip-prefix, v4: 24}
/// 192.0.2.77 -> "192.0.2.0/24"
/// ```
final class IpPrefixMask extends TextMask {

  private final int v4Bits;
  private final int v6Bits;

  IpPrefixMask(int v4Bits, int v6Bits) {
    this.v4Bits = v4Bits;
    this.v6Bits = v6Bits;
  }

  @Override
  String maskText(String text) {
    return IpAddress.parse(text.strip())
        .map(
            address -> {
              int bits = address.isV4() ? v4Bits : v6Bits;
              return address.network(bits) + "/" + bits;
            })
        .orElse(TypedRedaction.TOKEN);
  }
}
