package dev.otelscope.graphstream;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Reads CBOR value by value, each of an expected type; whatever else comes is a
/// [MalformedGraphException] with its offset.
final class CborCursor implements AutoCloseable {
  private static final CBORFactory CBOR = new CBORFactory();

  private final CBORParser parser;
  private final LongSupplier end;
  private @Nullable JsonToken ahead;

  CborCursor(byte[] bytes) throws IOException {
    parser = CBOR.createParser(bytes);
    end = () -> bytes.length;
  }

  /// Reads no further than needed for the value asked for.
  CborCursor(InputStream in) throws IOException {
    CountingStream counting = new CountingStream(in);
    parser = CBOR.createParser(counting);
    end = counting::count;
  }

  void beginArray() throws IOException {
    expect(JsonToken.START_ARRAY, "an array");
  }

  /// Whether the array has another value.
  boolean hasNext() throws IOException {
    return peek() != JsonToken.END_ARRAY;
  }

  void endArray() throws IOException {
    expect(JsonToken.END_ARRAY, "the end of an array");
  }

  boolean atEnd() throws IOException {
    return peek() == null;
  }

  /// The type of what comes next, null at the end.
  @Nullable JsonToken peek() throws IOException {
    if (ahead == null) {
      try {
        ahead = parser.nextToken();
      } catch (JacksonException e) {
        throw malformed(e.getOriginalMessage());
      }
    }
    return ahead;
  }

  String text() throws IOException {
    expect(JsonToken.VALUE_STRING, "a text");
    try {
      return parser.getText();
    } catch (JacksonException e) {
      throw malformed(e.getOriginalMessage());
    }
  }

  long whole() throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    try {
      return parser.getLongValue();
    } catch (JacksonException e) {
      throw malformed("a whole number of more than 64 bits");
    }
  }

  /// A whole number of at least 0 and less than `limit`.
  int index(int limit) throws IOException {
    long number = whole();
    if (number < 0 || number >= limit) {
      throw malformed("expected a number from 0 to " + (limit - 1) + ", came " + number);
    }
    return (int) number;
  }

  double decimal() throws IOException {
    expect(JsonToken.VALUE_NUMBER_FLOAT, "a decimal number");
    try {
      return parser.getDoubleValue();
    } catch (JacksonException e) {
      throw malformed(e.getOriginalMessage());
    }
  }

  boolean truth() throws IOException {
    JsonToken token = peek();
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      throw unexpected("true or false", token);
    }
    ahead = null;
    return token == JsonToken.VALUE_TRUE;
  }

  /// Copies a byte string to `out` piece by piece, so that `out` can refuse one that is too long.
  void bytes(OutputStream out) throws IOException {
    expect(JsonToken.VALUE_EMBEDDED_OBJECT, "a byte string");
    try {
      parser.readBinaryValue(out);
    } catch (JacksonException e) {
      throw malformed(e.getOriginalMessage());
    }
  }

  /// The error at the value that was looked at last, or at the end of what came.
  MalformedGraphException malformed(String problem) {
    long offset = parser.currentTokenLocation().getByteOffset();
    return new MalformedGraphException(Math.clamp(offset, 0, end.getAsLong()), problem);
  }

  private void expect(JsonToken wanted, String description) throws IOException {
    JsonToken token = peek();
    if (token != wanted) {
      throw unexpected(description, token);
    }
    ahead = null;
  }

  private MalformedGraphException unexpected(String wanted, @Nullable JsonToken came) {
    return malformed("expected " + wanted + ", came " + (came == null ? "the end" : came));
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  /// The parser counts wrongly once a stream has ended; this does not.
  private static final class CountingStream extends FilterInputStream {
    private long count;

    CountingStream(InputStream in) {
      super(in);
    }

    long count() {
      return count;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
