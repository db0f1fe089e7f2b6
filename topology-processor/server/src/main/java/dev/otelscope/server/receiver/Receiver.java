package dev.otelscope.server.receiver;

import dev.otelscope.engine.IngestOutcome;
import dev.otelscope.otlp.MalformedOtlpException;
import dev.otelscope.otlp.OtlpJson;
import dev.otelscope.otlp.OtlpLimits;
import dev.otelscope.otlp.Signal;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the body of an export request, whatever transport brought it. Any number of threads; all
/// work happens on the caller's.
final class Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  private final BiFunction<Signal, byte[], IngestOutcome> ingest;
  private final ReceiverLimits limits;
  private final OtlpJson json = new OtlpJson(OtlpLimits.DEFAULT);

  /// How the message is written.
  enum Format {
    PROTOBUF,
    JSON
  }

  Receiver(BiFunction<Signal, byte[], IngestOutcome> ingest, ReceiverLimits limits) {
    this.ingest = ingest;
    this.limits = limits;
  }

  /// @param body as it came
  /// @param gzip whether it is compressed
  Answer receive(Signal signal, Format format, boolean gzip, byte[] body) {
    try {
      Optional<byte[]> message =
          gzip ? Gzip.decompress(body, limits.decodedBytes()) : Optional.of(body);
      if (message.isEmpty()) {
        return new Answer.TooLarge(
            "a request may have " + limits.decodedBytes() + " bytes when decompressed");
      }
      byte[] protobuf =
          switch (format) {
            case PROTOBUF -> message.get();
            case JSON -> json.toProtobuf(message.get(), signal);
          };
      return answer(ingest.apply(signal, protobuf));
    } catch (MalformedOtlpException e) {
      return new Answer.Malformed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Answer.Malformed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("A {} request could not be taken; its sender will try again", signal, e);
      return new Answer.Failed();
    }
  }

  private static Answer answer(IngestOutcome outcome) {
    return switch (outcome) {
      case IngestOutcome.Accepted accepted -> new Answer.Accepted();
      case IngestOutcome.Partial partial ->
          new Answer.Partial(partial.rejected(), partial.reason());
      case IngestOutcome.Refused refused -> new Answer.Refused(refused.retryAfter());
      case IngestOutcome.Malformed malformed ->
          new Answer.Malformed(malformed.message()); // which names the offset
    };
  }
}
