package dev.otelscope.probe.emission;

import dev.otelscope.probe.tracking.ConnectionTracker;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Hands the SDK's reader what is due, already aggregated.
final class SeriesProducer implements MetricProducer {
  private final ConnectionTracker tracker;
  private final Supplier<Coverage> coverage;
  private final Entities entities;
  private final ConnectionEmitter connections;
  private final ListenerEmitter listeners;
  private final HostEmitter host;
  private final ChosenProcesses chosen;
  private final ContainerEmitter containers;
  private final Rounds rounds;
  private final ConfirmingExporter exporter;
  private final LongSupplier wallNanos;
  private final LongSupplier tickNanos;
  private volatile boolean closing; // set by who closes, read on the thread that produces

  SeriesProducer(
      ConnectionTracker tracker,
      Supplier<Coverage> coverage,
      Entities entities,
      HostEmitter host,
      ChosenProcesses chosen,
      ContainerEmitter containers,
      Rounds rounds,
      ConfirmingExporter exporter,
      LongSupplier wallNanos,
      LongSupplier tickNanos) {
    this.tracker = tracker;
    this.coverage = coverage;
    this.entities = entities;
    this.connections = new ConnectionEmitter(entities);
    this.listeners = new ListenerEmitter(entities);
    this.host = host;
    this.chosen = chosen;
    this.containers = containers;
    this.rounds = rounds;
    this.exporter = exporter;
    this.wallNanos = wallNanos;
    this.tickNanos = tickNanos;
  }

  /// The next round is the last one, and takes place in any case.
  void close() {
    closing = true;
  }

  /// Everything that the last round has said something of.
  Stream<Resource> entities() {
    return Stream.of(Stream.of(host.resource()), entities.all(), containers.all())
        .flatMap(Function.identity());
  }

  @Override
  public Collection<MetricData> produce(Resource unused) {
    long now = wallNanos.getAsLong();
    Rounds.Outcome previous = exporter.takeOutcome(now);
    Optional<Round> round =
        closing ? Optional.of(rounds.last(now, previous)) : rounds.next(now, previous);
    List<MetricData> collected = new ArrayList<>();
    round.ifPresent(present -> collect(present, collected));
    return collected;
  }

  private void collect(Round round, List<MetricData> collected) {
    Coverage seen = coverage.get().withLost("points_refused", exporter.refusedPoints());
    host.offer(seen, round, collected);
    entities.begin(round);
    connections.offer(tracker.series(), tickNanos.getAsLong(), round, tracker::forget);
    listeners.offer(tracker.listeners(), round);
    chosen.offer(round);
    entities.end(round, collected);
    containers.offer(entities.containers(), round, collected);
  }
}
