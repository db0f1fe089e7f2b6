package dev.otelscope.probe.dns;

/// Reads names as DNS messages have them, compressed ones too (RFC 1035, 4.1.4). Refilled for each;
/// not thread-safe.
///
/// A name is in lower case, without the dot at its end. Bytes that are no printable ASCII, dots and
/// backslashes within a label are `\DDD`, as in zone files.
final class NameReader {
  /*
   * Why it ends
   *   A pointer must lead to before the labels that it ends, so each jump goes further to the front
   *   than the one before; and a name has at most 255 bytes.
   */
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_NAME = 255;
  private static final int POINTER = 0xc0;

  private final StringBuilder text = new StringBuilder();
  private int next;

  /// Reads the name at a place.
  ///
  /// @param message where the DNS message begins
  String read(Packet packet, int message, int at) throws MalformedAnswerException {
    text.setLength(0);
    next = -1;
    int from = at;
    int place = at;
    int bytes = 0;
    while (true) {
      int length = packet.u8(place);
      if (length == 0) {
        next = next < 0 ? place + 1 : next;
        return text.toString();
      }
      if ((length & POINTER) == POINTER) {
        int target = message + (packet.u16(place) & 0x3fff);
        next = next < 0 ? place + 2 : next;
        if (target >= from) {
          throw new MalformedAnswerException("a name's pointer at " + place + " leads nowhere");
        }
        from = target;
        place = target;
        continue;
      }
      bytes += length + 1;
      if (length > LONGEST_LABEL || bytes >= LONGEST_NAME) {
        throw new MalformedAnswerException("a name at " + at + " is longer than names are");
      }
      label(packet, place + 1, length);
      place += length + 1;
    }
  }

  /// Where that which follows the last name begins.
  int next() {
    return next;
  }

  private void label(Packet packet, int at, int length) throws MalformedAnswerException {
    if (!text.isEmpty()) {
      text.append('.');
    }
    for (int i = 0; i < length; i++) {
      int b = packet.u8(at + i);
      if (b <= ' ' || b >= 0x7f || b == '.' || b == '\\') {
        text.append('\\').append((char) ('0' + b / 100));
        text.append((char) ('0' + b / 10 % 10)).append((char) ('0' + b % 10));
      } else {
        text.append((char) (b >= 'A' && b <= 'Z' ? b + 'a' - 'A' : b));
      }
    }
  }
}
