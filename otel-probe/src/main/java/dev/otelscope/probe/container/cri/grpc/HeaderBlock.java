package dev.otelscope.probe.container.cri.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// Writes and reads headers as HTTP/2 sends them (RFC 7541), without a table that both ends keep.
///
/// Headers whose names stand in the fixed table, such as `content-type`, are left out when reading:
/// those of gRPC do not.
final class HeaderBlock {
  private static final int FIXED_ENTRIES = 61;
  private static final int LARGEST_NUMBER_BITS = 21;

  private final byte[] block;
  private int position;

  private HeaderBlock(byte[] block) {
    this.block = block;
  }

  /// @param headers name and value in turn, each shorter than 127 bytes
  static byte[] write(String... headers) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < headers.length; i += 2) {
      block.write(0); // never in a table, and with its name
      writeText(headers[i], block);
      writeText(headers[i + 1], block);
    }
    return block.toByteArray();
  }

  private static void writeText(String text, ByteArrayOutputStream block) {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length >= 0x7F) {
      throw new IllegalArgumentException("too long for a header here: " + text);
    }
    block.write(bytes.length);
    block.writeBytes(bytes);
  }

  /// @throws IOException when the block is cut, or refers to a table that is not kept
  static Map<String, String> read(byte[] block) throws IOException {
    return new HeaderBlock(block).read();
  }

  private Map<String, String> read() throws IOException {
    Map<String, String> headers = new HashMap<>();
    while (position < block.length) {
      int first = block[position];
      if ((first & 0x80) != 0) {
        checkIndex(number(7));
      } else if ((first & 0x40) != 0) {
        readLiteral(6, headers);
      } else if ((first & 0x20) != 0) {
        number(5); // the size of a table that stays empty
      } else {
        readLiteral(4, headers);
      }
    }
    return headers;
  }

  private void readLiteral(int bits, Map<String, String> headers) throws IOException {
    int index = number(bits);
    if (index == 0) {
      String name = text();
      headers.put(name, text());
    } else {
      checkIndex(index);
      text();
    }
  }

  private static void checkIndex(int index) throws IOException {
    if (index == 0 || index > FIXED_ENTRIES) {
      throw new IOException("a header refers to entry " + index + " of a table that is not kept");
    }
  }

  /// A number that begins in the last bits of the next byte (section 5.1).
  private int number(int bits) throws IOException {
    int most = (1 << bits) - 1;
    int number = next() & most;
    if (number < most) {
      return number;
    }
    for (int shift = 0; shift < LARGEST_NUMBER_BITS; shift += 7) {
      int part = next();
      number += (part & 0x7F) << shift;
      if ((part & 0x80) == 0) {
        return number;
      }
    }
    throw new IOException("a number in the headers is too large");
  }

  private String text() throws IOException {
    if (position == block.length) {
      throw new IOException("the headers end within a field");
    }
    boolean isCoded = (block[position] & 0x80) != 0;
    int length = number(7);
    int from = position;
    if (length > block.length - from) {
      throw new IOException("the headers end within a text of " + length + " bytes");
    }
    position += length;
    return isCoded
        ? new String(HuffmanCode.decode(block, from, position), UTF_8)
        : new String(block, from, length, UTF_8);
  }

  private int next() throws IOException {
    if (position == block.length) {
      throw new IOException("the headers end within a number");
    }
    return block[position++] & 0xFF;
  }
}
