package dev.otelscope.otlp;

import static dev.otelscope.otlp.WireReader.LENGTH;
import static dev.otelscope.otlp.WireReader.VARINT;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// Bodies of the answers to export requests.
///
/// Source: <https://opentelemetry.io/docs/specs/otlp/>, `google/rpc/status.proto`,
/// `google/rpc/error_details.proto`
public final class OtlpAnswer {
  /// gRPC status code of overload; to senders it means "try again" only with a [#retryStatus].
  public static final int RESOURCE_EXHAUSTED = 8;

  /// gRPC status code of malformed requests.
  public static final int INVALID_ARGUMENT = 3;

  private static final JsonFactory JSON = new JsonFactory();
  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

  /// `Export…ServiceResponse` of any signal, when everything was accepted.
  public static byte[] success() {
    return new byte[0];
  }

  /// `Export…ServiceResponse` of any signal, when some records were not accepted and must not be
  /// sent again.
  ///
  /// @param rejected how many; with 0, the message is a warning to the sender
  public static byte[] partialSuccess(long rejected, String message) {
    WireWriter out = new WireWriter();
    out.tag(1, LENGTH);
    int partialSuccess = out.begin();
    if (rejected != 0) {
      out.tag(1, VARINT);
      out.varint(rejected);
    }
    if (!message.isEmpty()) {
      out.tag(2, LENGTH);
      out.text(message);
    }
    out.end(partialSuccess);
    return out.toByteArray();
  }

  /// What [#partialSuccess] says, in JSON.
  public static byte[] partialSuccessJson(Signal signal, long rejected, String message) {
    return json(json -> {
      json.writeObjectFieldStart("partialSuccess");
      json.writeStringField(signal.rejectedName(), Long.toString(rejected));
      json.writeStringField("errorMessage", message);
      json.writeEndObject();
    });
  }

  /// `google.rpc.Status`: the body of an HTTP error.
  public static byte[] status(int code, String message) {
    return beginStatus(code, message).toByteArray();
  }

  /// What [#status] says, in JSON.
  public static byte[] statusJson(int code, String message) {
    return json(json -> {
      json.writeNumberField("code", code);
      json.writeStringField("message", message);
    });
  }

  /// `google.rpc.Status` of overload with `RetryInfo`: what `grpc-status-details-bin` carries,
  /// before its base64.
  ///
  /// @param delay when to try again, not negative
  public static byte[] retryStatus(String message, Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("a delay of " + delay + " is in the past");
    }
    WireWriter out = beginStatus(RESOURCE_EXHAUSTED, message);
    out.tag(3, LENGTH);
    int details = out.begin();
    out.tag(1, LENGTH);
    out.text(RETRY_INFO);
    out.tag(2, LENGTH);
    int retryInfo = out.begin();
    out.tag(1, LENGTH);
    int retryDelay = out.begin();
    out.tag(1, VARINT);
    out.varint(delay.toSeconds());
    out.tag(2, VARINT);
    out.varint(delay.toNanosPart());
    out.end(retryDelay);
    out.end(retryInfo);
    out.end(details);
    return out.toByteArray();
  }

  private static WireWriter beginStatus(int code, String message) {
    WireWriter out = new WireWriter();
    out.tag(1, VARINT);
    out.varint(code);
    out.tag(2, LENGTH);
    out.text(message);
    return out;
  }

  private static byte[] json(JsonBody body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return out.toByteArray();
  }

  private interface JsonBody {
    void write(JsonGenerator json) throws IOException;
  }

  private OtlpAnswer() {}
}
