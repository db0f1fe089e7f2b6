package dev.otelscope.server.receiver;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.otelscope.engine.IngestOutcome;
import dev.otelscope.otlp.Signal;
import dev.otelscope.server.receiver.RequestCounts.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
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
  private final Server server;

  TestReceivers() {
    this(LIMITS);
  }

  TestReceivers(ReceiverLimits limits) {
    receivers = new OtlpReceivers(this::ingest, limits);
    ServerBuilder builder =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .meterRegistry(NoopMeterRegistry.get())
            .connectionDrainDuration(Duration.ZERO);
    receivers.addTo(builder);
    server = builder.build();
    server.start().join();
  }

  String uri() {
    return "http://127.0.0.1:" + server.activeLocalPort();
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
    server.stop().join();
  }
}
