package dev.otelscope.model;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// An IP address of either family as 128 bits; IPv4 is mapped into `::ffff:0:0/96`, so `10.0.0.1`
/// and `::ffff:10.0.0.1` are the same address.
///
/// @param high the first eight bytes, in network order
/// @param low the last eight bytes
public record IpAddress(long high, long low) implements Comparable<IpAddress> {
  private static final long V4_PREFIX = 0x0000_FFFF_0000_0000L;

  /// `0.0.0.0`
  public static final IpAddress ANY_V4 = ofV4(0);

  /// `::`
  public static final IpAddress ANY_V6 = new IpAddress(0, 0);

  /// An IPv4 address.
  ///
  /// @param address in network order: `10.0.0.1` is `0x0A000001`
  public static IpAddress ofV4(int address) {
    return new IpAddress(0, V4_PREFIX | Integer.toUnsignedLong(address));
  }

  /// An address of either family.
  ///
  /// @param bytes 4 or 16, in network order
  /// @throws IllegalArgumentException for any other number of bytes
  public static IpAddress ofBytes(byte[] bytes) {
    return switch (bytes.length) {
      case 4 -> ofV4((int) number(bytes, 0, 4));
      case 16 -> new IpAddress(number(bytes, 0, 8), number(bytes, 8, 8));
      default ->
          throw new IllegalArgumentException(
              "an address has 4 or 16 bytes, not " + HexFormat.of().formatHex(bytes));
    };
  }

  /// Reads `192.0.2.1`, `2001:db8::1`, `::ffff:192.0.2.1`; a zone (`%eth0`) is not accepted. Never
  /// asks a name server.
  ///
  /// @throws IllegalArgumentException when `text` is anything else
  public static IpAddress parse(String text) {
    return IpText.parse(text);
  }

  public boolean isV4() {
    return high == 0 && (low & 0xFFFF_FFFF_0000_0000L) == V4_PREFIX;
  }

  /// The address in network order; only meaningful when [#isV4].
  public int v4() {
    return (int) low;
  }

  /// `0.0.0.0` or `::`
  public boolean isUnspecified() {
    return equals(ANY_V4) || equals(ANY_V6);
  }

  /// `127.0.0.0/8` or `::1`
  public boolean isLoopback() {
    return isV4() ? v4() >>> 24 == 127 : high == 0 && low == 1;
  }

  /// `169.254.0.0/16` or `fe80::/10`
  public boolean isLinkLocal() {
    return isV4() ? v4() >>> 16 == 0xA9FE : high >>> 54 == 0xFE80L >>> 6;
  }

  /// `224.0.0.0/4` or `ff00::/8`
  public boolean isMulticast() {
    return isV4() ? v4() >>> 28 == 0xE : high >>> 56 == 0xFF;
  }

  /// Whether it can be someone on the public Internet: not private (RFC 1918), not unique-local,
  /// not carrier-grade, loopback, link-local, multicast, reserved or unspecified. Documentation
  /// addresses (RFC 5737, RFC 3849) count as public: they stand for the Internet in examples.
  public boolean isPublic() {
    if (isUnspecified() || isLoopback() || isLinkLocal() || isMulticast()) {
      return false;
    }
    if (!isV4()) {
      return high >>> 57 != 0xFC >>> 1; // fc00::/7
    }
    int address = v4();
    return address >>> 24 != 10
        && address >>> 20 != 0xAC1 // 172.16.0.0/12
        && address >>> 16 != 0xC0A8 // 192.168.0.0/16
        && address >>> 22 != 0x6440 >>> 6 // 100.64.0.0/10
        && address >>> 24 != 0
        && address >>> 28 != 0xF; // 240.0.0.0/4
  }

  /// 4 or 16 bytes in network order.
  public byte[] toBytes() {
    byte[] bytes = new byte[isV4() ? 4 : 16];
    for (int i = 0; i < bytes.length; i++) {
      int fromEnd = bytes.length - 1 - i;
      bytes[i] = (byte) (fromEnd < 8 ? low >>> 8 * fromEnd : high >>> 8 * (fromEnd - 8));
    }
    return bytes;
  }

  @Override
  public int compareTo(IpAddress other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IpAddress(long otherHigh, long otherLow)
        && high == otherHigh
        && low == otherLow;
  }

  @Override
  public int hashCode() {
    long mixed = (high * 0x9E37_79B9_7F4A_7C15L) ^ (low * 0xC2B2_AE3D_27D4_EB4FL);
    return (int) (mixed ^ mixed >>> 32);
  }

  /// `192.0.2.1`, or the canonical form of RFC 5952.
  @Override
  public String toString() {
    return IpText.print(this);
  }

  private static long number(byte[] bytes, int offset, int length) {
    long number = 0;
    for (int i = 0; i < length; i++) {
      number = number << 8 | (bytes[offset + i] & 0xFF);
    }
    return number;
  }
}
