package dev.otelscope.otlp;

import static com.fasterxml.jackson.core.JsonToken.END_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.END_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.START_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NULL;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.otelscope.otlp.MessageType.Field;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Turns OTLP's JSON into its protobuf bytes, so that one reader serves both. Any number of
/// threads.
///
/// Takes what protobuf's JSON takes: lower camel case and the `.proto` file's names, 64-bit numbers
/// as text or numbers, enums as numbers or names, `null` for "not said", unknown fields; and trace
/// and span ids in hexadecimal, as OTLP has them. The output is at most about five times the input.
///
/// Source: <https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding>
public final class OtlpJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // they come from strangers
          .disable(JsonFactory.Feature.CHARSET_DETECTION) // it is UTF-8
          .build();

  private final int nesting;

  public OtlpJson(OtlpLimits limits) {
    nesting = limits.nesting();
  }

  /// @return protobuf bytes of the signal's `Export…ServiceRequest`
  /// @throws MalformedOtlpException when `json` is not such a message; its offset is one in `json`
  public byte[] toProtobuf(byte[] json, Signal signal) throws MalformedOtlpException {
    try (JsonParser in = JSON.createParser(json)) {
      Transcoder transcoder = new Transcoder(in, nesting);
      in.nextToken();
      transcoder.message(signal.requestType());
      if (in.nextToken() != null) {
        throw JsonValue.malformed(in, "the end");
      }
      return transcoder.out.toByteArray();
    } catch (JsonProcessingException e) {
      long offset = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
      throw new MalformedOtlpException((int) Math.max(0, offset), e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
    }
  }

  private static final class Transcoder {
    private final JsonParser in;
    private final WireWriter out = new WireWriter();
    private final int nesting;
    private int depth;

    private Transcoder(JsonParser in, int nesting) {
      this.in = in;
      this.nesting = nesting;
    }

    /// Writes the fields of the object that the parser is at.
    private void message(MessageType type) throws IOException, MalformedOtlpException {
      expect(START_OBJECT, "an object: " + type);
      while (in.nextToken() != END_OBJECT) {
        Field field = type.field(in.currentName());
        JsonToken token = in.nextToken();
        if (field == null) {
          in.skipChildren();
        } else if (token != VALUE_NULL) {
          value(field);
        }
      }
    }

    private void value(Field field) throws IOException, MalformedOtlpException {
      if (!field.isRepeated()) {
        single(field);
        return;
      }
      expect(START_ARRAY, "an array: " + field.name());
      if (field.kind().isPackable()) {
        out.tag(field.number(), WireReader.LENGTH);
        int begin = out.begin();
        while (in.nextToken() != END_ARRAY) {
          JsonValue.write(in, field, out);
        }
        out.end(begin);
      } else {
        while (in.nextToken() != END_ARRAY) {
          single(field);
        }
      }
    }

    private void single(Field field) throws IOException, MalformedOtlpException {
      out.tag(field.number(), field.kind().wireType());
      MessageType message = field.message();
      if (message == null) {
        JsonValue.write(in, field, out);
      } else {
        nested(message);
      }
    }

    private void nested(MessageType type) throws IOException, MalformedOtlpException {
      boolean nests = type.nests();
      if (nests && ++depth > nesting) {
        throw JsonValue.malformed(in, "lists and maps nested at most " + nesting + " deep");
      }
      int begin = out.begin();
      message(type);
      out.end(begin);
      if (nests) {
        depth--;
      }
    }

    private void expect(JsonToken token, String what) throws MalformedOtlpException, IOException {
      if (in.currentToken() != token) {
        throw JsonValue.malformed(in, what);
      }
    }
  }
}
