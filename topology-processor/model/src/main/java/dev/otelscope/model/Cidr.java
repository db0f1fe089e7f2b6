package dev.otelscope.model;

import static java.util.Objects.requireNonNull;

/// An address range such as `172.17.0.0/16` or `fd00::/8`.
///
/// @param prefixLength in bits of the 128-bit form: that of an IPv4 range counts from 96
public record Cidr(IpAddress address, int prefixLength) {
  private static final int MAPPED = 96;

  public Cidr {
    requireNonNull(address, "address");
    if (prefixLength < 0 || prefixLength > 128) {
      throw new IllegalArgumentException("no prefix of " + prefixLength + " bits");
    }
  }

  /// Reads `address/length`.
  ///
  /// @throws IllegalArgumentException when `text` is anything else
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not an address range like 10.0.0.0/8: '" + text + "'");
    }
    IpAddress address = IpAddress.parse(text.substring(0, slash));
    int length = Integer.parseInt(text.substring(slash + 1));
    if (length > (address.isV4() ? 32 : 128)) {
      throw new IllegalArgumentException("prefix too long in '" + text + "'");
    }
    return new Cidr(address, address.isV4() ? MAPPED + length : length);
  }

  public boolean contains(IpAddress other) {
    return ((address.high() ^ other.high()) & mask(prefixLength)) == 0
        && ((address.low() ^ other.low()) & mask(prefixLength - 64)) == 0;
  }

  /// As [#parse] reads it.
  @Override
  public String toString() {
    return address + "/" + (address.isV4() ? prefixLength - MAPPED : prefixLength);
  }

  private static long mask(int bits) {
    if (bits <= 0) {
      return 0;
    }
    return bits >= 64 ? -1L : -1L << (64 - bits);
  }
}
