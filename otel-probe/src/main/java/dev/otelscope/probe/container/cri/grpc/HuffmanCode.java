package dev.otelscope.probe.container.cri.grpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// The code in which HTTP/2 writes the texts of headers (RFC 7541, appendix B).
///
/// It is canonical: codes of one length follow each other in the order of their bytes, and those of
/// the next length follow them. So the lengths alone say it all.
final class HuffmanCode {
  private static final int SHORTEST = 5;
  private static final int LONGEST = 30;

  /// The length of each byte's code: `a` is five bits, `z` is thirty.
  private static final String LENGTHS =
      "isxxxxxxxtzxxzxxxxxxxxzxxxxxxxxxbffhibdgffdgdbbbaaabbbbbbbcdkbhf"
          + "ibccccccccccccccccccccccdcdioijbkabababbbaccbbbabcbaabccccckgjix"
          + "prpprrrsrssssststtrstssssqrsrsstrqprrssqsrrtqrssqqrqsrssprrrsrrs"
          + "vvporsruvvvwwvtuoqvwwvwtqqvvxwwwptpqrqqsrruuttvsvwvvwwwwwxwwwwwv";

  /// The bytes in the order of their codes.
  private static final byte[] BYTES = new byte[LENGTHS.length()];

  /// For each length, how many codes have it.
  private static final int[] COUNTS = new int[LONGEST + 1];

  static {
    int next = 0;
    for (int length = SHORTEST; length <= LONGEST; length++) {
      for (int value = 0; value < LENGTHS.length(); value++) {
        if (LENGTHS.charAt(value) - 'a' + SHORTEST == length) {
          BYTES[next++] = (byte) value;
          COUNTS[length]++;
        }
      }
    }
  }

  private HuffmanCode() {}

  /// The bytes that some bits stand for; the last bits of the last byte are filled up with ones.
  ///
  /// @throws IOException when the bits are not in this code
  static byte[] decode(byte[] bits, int from, int to) throws IOException {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream((to - from) * 8 / SHORTEST);
    int code = 0;
    int length = 0;
    int first = 0; // the first code of this length
    int index = 0; // of its byte
    for (int bit = from * 8; bit < to * 8; bit++) {
      code = code << 1 | bits[bit >> 3] >> (7 - (bit & 7)) & 1;
      length++;
      if (code - first < COUNTS[length]) {
        decoded.write(BYTES[index + code - first]);
        code = 0;
        length = 0;
        first = 0;
        index = 0;
      } else if (length == LONGEST) {
        throw new IOException("the text of a header is not in the code of HTTP/2");
      } else {
        index += COUNTS[length];
        first = (first + COUNTS[length]) << 1;
      }
    }
    if (length >= Byte.SIZE || code != (1 << length) - 1) {
      throw new IOException("the text of a header ends within the code of a byte");
    }
    return decoded.toByteArray();
  }
}
