package dev.sluice.governance.masking;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/// Shows the network of an IP address: the first 16 bits of a version 4 address (`v4` says
/// otherwise, at most 24), the first 48 of a version 6 address (`v6`, at most 64). What is not an
/// address literal is redacted; nothing is ever looked up.
///
/// ```example
/// {algorithm: ip-prefix}
/// 192.0.2.77 -> "192.0.0.0/16"
/// "2001:db8:1234:5678::1" -> "2001:db8:1234:0:0:0:0:0/48"
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
    try {
      InetAddress address = InetAddress.ofLiteral(text.strip());
      byte[] bytes = address.getAddress();
      int bits = address instanceof Inet4Address ? v4Bits : v6Bits;
      clearAfter(bytes, bits);
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + bits;
    } catch (IllegalArgumentException | java.net.UnknownHostException notAnAddress) {
      return TypedRedaction.TOKEN;
    }
  }

  private static void clearAfter(byte[] bytes, int bits) {
    int whole = bits / 8;
    if (bits % 8 != 0) {
      bytes[whole] &= (byte) (0xFF << (8 - bits % 8));
      whole++;
    }
    Arrays.fill(bytes, whole, bytes.length, (byte) 0);
  }
}
