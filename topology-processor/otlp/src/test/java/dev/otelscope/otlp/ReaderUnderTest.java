package dev.otelscope.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;

/// A reader, the classes generated from OTLP's `.proto` files, and what each says of a message. For
/// one thread.
sealed interface ReaderUnderTest {

  Signal signal();

  /// Asks the reader for everything that it has to say, and writes nothing down: for messages that
  /// are many.
  void readAll(byte[] message) throws MalformedOtlpException;

  /// What the reader says.
  String said(byte[] message) throws MalformedOtlpException;

  /// What follows from protobuf's object.
  String expected(byte[] message) throws InvalidProtocolBufferException;

  /// Of metrics.
  final class OfMetrics implements ReaderUnderTest {
    private final MetricsReader reader = new MetricsReader(OtlpLimits.DEFAULT);
    private final WholeMetrics all = new WholeMetrics();

    @Override
    public Signal signal() {
      return Signal.METRICS;
    }

    @Override
    public void readAll(byte[] message) throws MalformedOtlpException {
      reader.read(message, all);
    }

    @Override
    public String said(byte[] message) throws MalformedOtlpException {
      MetricsTranscript transcript = new MetricsTranscript();
      reader.read(message, transcript);
      return transcript.toString();
    }

    @Override
    public String expected(byte[] message) throws InvalidProtocolBufferException {
      MetricsTranscript transcript = new MetricsTranscript();
      transcript.add(ExportMetricsServiceRequest.parseFrom(message));
      return transcript.toString();
    }
  }

  /// Of logs.
  final class OfLogs implements ReaderUnderTest {
    private final LogsReader reader = new LogsReader(OtlpLimits.DEFAULT);
    private final WholeLogs all = new WholeLogs();

    @Override
    public Signal signal() {
      return Signal.LOGS;
    }

    @Override
    public void readAll(byte[] message) throws MalformedOtlpException {
      reader.read(message, all);
    }

    @Override
    public String said(byte[] message) throws MalformedOtlpException {
      LogsTranscript transcript = new LogsTranscript();
      reader.read(message, transcript);
      return transcript.toString();
    }

    @Override
    public String expected(byte[] message) throws InvalidProtocolBufferException {
      LogsTranscript transcript = new LogsTranscript();
      transcript.add(ExportLogsServiceRequest.parseFrom(message));
      return transcript.toString();
    }
  }
}
