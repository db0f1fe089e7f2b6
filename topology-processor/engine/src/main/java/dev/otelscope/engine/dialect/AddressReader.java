package dev.otelscope.engine.dialect;

import dev.otelscope.model.IpAddress;
import dev.otelscope.otlp.TextView;

/// Reads an address from the bytes of a message: IPv4 without allocating, IPv6 through its string.
final class AddressReader {
  private static final long V4_PREFIX = 0x0000_FFFF_0000_0000L;

  private long high;
  private long low;

  /// @return whether the text is an address; only then [#high] and [#low] mean something
  boolean read(TextView text) {
    return readV4(text) || readAny(text);
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  private boolean readV4(TextView text) {
    int length = text.length();
    if (length < 7 || length > 15) {
      return false;
    }
    int address = 0;
    int parts = 0;
    int part = -1;
    for (int i = 0; i <= length; i++) {
      int c = i < length ? text.byteAt(i) : '.';
      if (c == '.') {
        if (part < 0 || part > 255) {
          return false;
        }
        address = address << 8 | part;
        parts++;
        part = -1;
      } else if (c >= '0' && c <= '9' && part != 0) {
        part = Math.max(part, 0) * 10 + c - '0';
      } else {
        return false;
      }
    }
    high = 0;
    low = V4_PREFIX | Integer.toUnsignedLong(address);
    return parts == 4;
  }

  private boolean readAny(TextView text) {
    if (text.length() < 2 || text.length() > 45) {
      return false;
    }
    try {
      IpAddress address = IpAddress.parse(text.string());
      high = address.high();
      low = address.low();
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
