package dev.sluice.governance.masking;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Replaces a value by a token of its own type that is the same wherever the value appears under
/// the same key, so that joins and groupings by the token are those by the value. Texts become
/// `tok_` and 26 characters; whole numbers of at most 64 bits become another such number, one to
/// one; UUIDs become UUIDs. Everything else, and everything without a key, is redacted.
///
/// ```example
/// {algorithm: token}
/// jane.doe@acme.test -> "tok_3609efcphwmw2zpssg19qk3h85"
/// 52300 -> -8994243132976061923
/// 1.5 -> null
/// ```
final class TokenMask implements Mask {

  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int ROUNDS = 10;

  private final KeyedDigest digest;

  TokenMask(KeyedDigest digest) {
    this.digest = digest;
  }

  @Override
  public @Nullable Object mask(@Nullable Object value) {
    if (TypedRedaction.isText(value)) {
      return "tok_" + base32(digest.of("t" + value));
    }
    if (value instanceof UUID uuid) {
      ByteBuffer bytes = ByteBuffer.wrap(digest.of("u" + uuid));
      long high = (bytes.getLong() & ~0xF000L) | 0x8000L;
      long low = (bytes.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
      return new UUID(high, low);
    }
    return value instanceof Number number ? number(number) : TypedRedaction.of(value);
  }

  private @Nullable Object number(Number number) {
    BigDecimal decimal = Numbers.decimal(number);
    if (decimal == null || number instanceof Double || number instanceof Float) {
      return null;
    }
    try {
      return permute(decimal.longValueExact());
    } catch (ArithmeticException notAWholeNumberOfSixtyFourBits) {
      return null;
    }
  }

  /// A Feistel network: a keyed permutation, so that two numbers never share a token.
  private long permute(long value) {
    int left = (int) (value >>> 32);
    int right = (int) value;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] input = ByteBuffer.allocate(6).put((byte) 'n').put((byte) round).putInt(right).array();
      int next = left ^ ByteBuffer.wrap(digest.of(input)).getInt();
      left = right;
      right = next;
    }
    return ((long) left << 32) | (right & 0xFFFFFFFFL);
  }

  private static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder(26);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long high = buffer.getLong();
    long low = buffer.getLong();
    for (int i = 0; i < 26; i++) {
      int shift = 125 - 5 * i;
      long bits =
          shift >= 64
              ? high >>> (shift - 64)
              : shift > 0 ? (high << (64 - shift)) | (low >>> shift) : (low << -shift);
      text.append(ALPHABET[(int) (bits & 31)]);
    }
    return text.toString();
  }
}
