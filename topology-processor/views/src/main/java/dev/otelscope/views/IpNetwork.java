package dev.otelscope.views;

import dev.otelscope.model.IpAddress;
import java.util.Optional;

/// The addresses that begin with the same bits.
///
/// @param first with every bit behind the prefix zero
/// @param prefix number of leading bits of 128; an IPv4 network has 96 more than it is written with
public record IpNetwork(IpAddress first, int prefix) {
  private static final int V4_OFFSET = 96;

  public IpNetwork {
    if (prefix < 0 || prefix > 128) {
      throw new IllegalArgumentException("prefix must be 0 to 128, not " + prefix);
    }
    first = mask(first, prefix);
  }

  /// Reads `10.0.0.0/8`, `fd00::/8` or a single address. Bits behind the prefix do not matter, as
  /// in the address of an interface.
  ///
  /// @return empty when `text` is anything else
  public static Optional<IpNetwork> parse(String text) {
    int slash = text.indexOf('/');
    try {
      IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
      int offset = address.isV4() ? V4_OFFSET : 0;
      int length = slash < 0 ? 128 - offset : Integer.parseInt(text, slash + 1, text.length(), 10);
      return length < 0 ? Optional.empty() : Optional.of(new IpNetwork(address, offset + length));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public boolean contains(IpAddress address) {
    return mask(address, prefix).equals(first);
  }

  /// `0.0.0.0/0` or `::/0`, which say nothing about an address.
  boolean isEverything() {
    return prefix == 0 || (prefix == V4_OFFSET && first.equals(IpAddress.ANY_V4));
  }

  static IpAddress mask(IpAddress address, int prefix) {
    long high = prefix >= 64 ? -1L : prefix == 0 ? 0 : -1L << 64 - prefix;
    long low = prefix == 128 ? -1L : prefix <= 64 ? 0 : -1L << 128 - prefix;
    return new IpAddress(address.high() & high, address.low() & low);
  }
}
