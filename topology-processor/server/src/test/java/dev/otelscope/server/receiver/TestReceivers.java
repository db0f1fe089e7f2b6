package dev.otelscope.server.receiver;

import com.linecorp.armeria.client.WebClient;
import dev.otelscope.engine.IngestOutcome;
import dev.otelscope.otlp.Signal;
import dev.otelscope.server.receiver.RequestCounts.Transport;
import dev.otelscope.serving.Endpoint;
import dev.otelscope.serving.ListenAddress;
import dev.otelscope.serving.Listening;
import dev.otelscope.serving.Port;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/// The receivers on a real port, before an engine that says what the test wants.
final class TestReceivers implements AutoCloseable {
  static final ReceiverLimits LIMITS = new ReceiverLimits(100_000, 1_000_000, 150_000, 4);

  /// What the engine says; the test may replace it.
  volatile BiFunction<Signal, byte[], IngestOutcome> engine =
      (signal, bytes) -> new IngestOutcome.Accepted(1);

  /// What reached the engine.
  final List<byte[]> taken = new CopyOnWriteArrayList<>();

  final OtlpReceivers receivers;
  private final Listening listening;

  TestReceivers() {
    this(LIMITS);
  }

  TestReceivers(ReceiverLimits limits) {
    receivers = new OtlpReceivers(this::ingest, limits);
    try {
      listening =
          Listening.open(
              new Endpoint("OTLP", "--otlp-http-port", Port.exactly(0)),
              ListenAddress.LOOPBACK,
              receivers::addTo);
    } catch (BindException e) {
      throw new UncheckedIOException(e);
    }
  }

  String uri() {
    return listening.uri().toString();
  }

  WebClient client() {
    return WebClient.of(uri());
  }

  long count(Transport transport, Signal signal, Outcome outcome) {
    return receivers.counts().of(transport, signal, outcome);
  }

  long allCounts() {
    AtomicLong sum = new AtomicLong();
    receivers.counts().forEach((transport, signal, outcome, count) -> sum.addAndGet(count));
    return sum.get();
  }

  private IngestOutcome ingest(Signal signal, byte[] bytes) {
    taken.add(bytes);
    return engine.apply(signal, bytes);
  }

  @Override
  public void close() {
    listening.close();
  }
}
