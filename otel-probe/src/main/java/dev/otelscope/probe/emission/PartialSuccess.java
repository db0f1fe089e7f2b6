package dev.otelscope.probe.emission;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the points that a receiver refused in an answer that was otherwise a yes.
///
/// The answer is an `ExportMetricsServiceResponse`: field 1 is a message whose field 1 is the
/// number of rejected points and whose field 2 says why (`metrics_service.proto`).
final class PartialSuccess {
  private static final Logger LOG = LoggerFactory.getLogger(PartialSuccess.class);
  private static final int VARINT = 0;
  private static final int BYTES = 2;

  private final AtomicLong rejected = new AtomicLong();

  /// Points refused since the beginning.
  long rejected() {
    return rejected.get();
  }

  void read(byte[] answer) {
    long count;
    try {
      count = rejectedIn(answer);
    } catch (IndexOutOfBoundsException e) {
      return; // not such a message: a receiver may answer whatever it likes
    }
    if (count > 0 && rejected.getAndAdd(count) == 0) {
      LOG.warn("the receiver accepts requests, but refuses points in them: {} now", count);
    }
  }

  static long rejectedIn(byte[] answer) {
    Reader reader = new Reader(answer, answer.length);
    while (reader.at < reader.end) {
      long tag = reader.varint();
      if (tag == (1 << 3 | BYTES)) {
        int length = Math.toIntExact(reader.varint());
        return rejectedInPart(new Reader(answer, reader.at + length, reader.at));
      }
      if (!reader.skip(tag)) {
        return 0;
      }
    }
    return 0;
  }

  private static long rejectedInPart(Reader reader) {
    while (reader.at < reader.end) {
      long tag = reader.varint();
      if (tag == (1 << 3 | VARINT)) {
        return reader.varint();
      }
      if (!reader.skip(tag)) {
        return 0;
      }
    }
    return 0;
  }

  private static final class Reader {
    private final byte[] bytes;
    private final int end;
    private int at;

    private Reader(byte[] bytes, int end) {
      this(bytes, end, 0);
    }

    private Reader(byte[] bytes, int end, int at) {
      if (at < 0 || end < at || end > bytes.length) {
        throw new IndexOutOfBoundsException("bytes " + at + " to " + end + " of " + bytes.length);
      }
      this.bytes = bytes;
      this.end = end;
      this.at = at;
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        byte b = bytes[at++];
        value |= (long) (b & 0x7F) << shift;
        if (b >= 0) {
          return value;
        }
      }
      throw new IndexOutOfBoundsException("a varint of more than 64 bits");
    }

    private boolean skip(long tag) {
      switch ((int) tag & 7) {
        case VARINT -> varint();
        case BYTES -> {
          long length = varint();
          if (length < 0 || length > end - at) {
            throw new IndexOutOfBoundsException("a field of " + length + " bytes");
          }
          at += (int) length;
        }
        default -> {
          return false;
        }
      }
      return true;
    }
  }
}
