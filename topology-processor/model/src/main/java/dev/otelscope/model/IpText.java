package dev.otelscope.model;

/// The text form of addresses: RFC 4291 section 2.2 is read, RFC 5952 is written.
final class IpText {
  private static final int GROUPS = 8;

  private IpText() {}

  static IpAddress parse(String text) {
    if (text.indexOf(':') < 0) {
      return IpAddress.ofV4(parseV4(text, 0, text));
    }
    int[] groups = new int[GROUPS];
    int count = 0;
    int gap = -1;
    int at = 0;
    if (text.startsWith("::")) {
      gap = 0;
      at = 2;
    }
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
        end++;
      }
      if (end < text.length() && text.charAt(end) == '.') {
        require(count <= GROUPS - 2, text);
        int v4 = parseV4(text, at, text);
        groups[count++] = v4 >>> 16;
        groups[count++] = v4 & 0xFFFF;
        break;
      }
      require(end > at && end - at <= 4 && count < GROUPS, text);
      groups[count++] = Integer.parseInt(text, at, end, 16);
      if (end == text.length()) {
        break;
      }
      require(text.charAt(end) == ':' && end + 1 < text.length(), text);
      at = end + 1;
      if (text.charAt(at) == ':') {
        require(gap < 0, text);
        gap = count;
        at++;
      }
    }
    require(gap < 0 ? count == GROUPS : count < GROUPS, text);
    return assemble(groups, count, gap);
  }

  private static IpAddress assemble(int[] groups, int count, int gap) {
    long high = 0;
    long low = 0;
    int zeros = GROUPS - count;
    for (int i = 0; i < GROUPS; i++) {
      int group;
      if (gap >= 0 && i >= gap) {
        group = i < gap + zeros ? 0 : groups[i - zeros];
      } else {
        group = groups[i];
      }
      high = high << 16 | low >>> 48;
      low = low << 16 | group;
    }
    return new IpAddress(high, low);
  }

  private static int parseV4(String text, int start, String whole) {
    int address = 0;
    int at = start;
    for (int part = 0; part < 4; part++) {
      int end = at;
      while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
        end++;
      }
      boolean leadingZero = end - at > 1 && text.charAt(at) == '0';
      require(end > at && end - at <= 3 && !leadingZero, whole);
      int value = Integer.parseInt(text, at, end, 10);
      require(value <= 255, whole);
      address = address << 8 | value;
      boolean last = part == 3;
      require(last ? end == text.length() : end < text.length() && text.charAt(end) == '.', whole);
      at = end + 1;
    }
    return address;
  }

  static String print(IpAddress address) {
    if (address.isV4()) {
      int v4 = address.v4();
      return (v4 >>> 24) + "." + (v4 >>> 16 & 255) + "." + (v4 >>> 8 & 255) + "." + (v4 & 255);
    }
    int gapStart = -1;
    int gapLength = 1; // a single zero group is written out
    for (int i = 0; i < GROUPS; i++) {
      int length = 0;
      while (i + length < GROUPS && group(address, i + length) == 0) {
        length++;
      }
      if (length > gapLength) {
        gapStart = i;
        gapLength = length;
      }
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      if (i == gapStart) {
        text.append("::");
        i += gapLength - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(group(address, i)));
    }
    return text.toString();
  }

  private static int group(IpAddress address, int index) {
    long half = index < 4 ? address.high() : address.low();
    return (int) (half >>> 16 * (3 - index % 4)) & 0xFFFF;
  }

  private static void require(boolean condition, String text) {
    if (!condition) {
      throw new IllegalArgumentException("not an IP address: '" + text + "'");
    }
  }
}
