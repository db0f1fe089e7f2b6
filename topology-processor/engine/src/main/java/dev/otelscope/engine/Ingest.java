package dev.otelscope.engine;

import static java.util.Objects.requireNonNull;

import dev.otelscope.engine.counters.Counted;
import dev.otelscope.engine.counters.EngineCounters;
import dev.otelscope.engine.observation.Observation;
import dev.otelscope.otlp.MalformedOtlpException;
import dev.otelscope.otlp.Signal;
import dev.otelscope.otlp.SignalScan;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// Takes OTLP export requests, whatever brought them. Any number of threads may call at once; all
/// reading happens on the caller's thread, and nothing of a request is applied before there is room
/// for all of it.
public final class Ingest {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final EngineCounters counters;
  private final Clock clock;
  private final GraphAgent graph;
  private final List<ShardAgent> shards;
  private final Supplier<RequestReader> newReader;
  private final Supplier<SignalScan> newScan;

  // As many as requests were ever read at once
  private final ConcurrentLinkedQueue<RequestReader> readers = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<SignalScan> scans = new ConcurrentLinkedQueue<>();

  Ingest(
      EngineCounters counters,
      Clock clock,
      GraphAgent graph,
      List<ShardAgent> shards,
      Supplier<RequestReader> newReader,
      Supplier<SignalScan> newScan) {
    this.counters = counters;
    this.clock = clock;
    this.graph = graph;
    this.shards = shards;
    this.newReader = newReader;
    this.newScan = newScan;
  }

  /// Takes one request.
  ///
  /// @param protobuf an `Export…ServiceRequest` of that signal, uncompressed; not kept
  public IngestOutcome accept(Signal signal, byte[] protobuf) {
    requireNonNull(protobuf, "protobuf");
    try {
      return switch (signal) {
        case METRICS, LOGS -> take(read(signal, protobuf));
        case TRACES -> unread(signal, protobuf);
      };
    } catch (MalformedOtlpException e) {
      counters.increment(Counted.REQUEST_MALFORMED);
      return new IngestOutcome.Malformed(e.offset(), requireNonNull(e.getMessage()));
    }
  }

  private RequestContent read(Signal signal, byte[] protobuf) throws MalformedOtlpException {
    RequestReader pooled = readers.poll();
    RequestReader reader = pooled == null ? newReader.get() : pooled;
    try {
      return signal == Signal.LOGS ? reader.readLogs(protobuf) : reader.readMetrics(protobuf);
    } finally {
      readers.offer(reader);
    }
  }

  private IngestOutcome take(RequestContent content) {
    counters.add(Counted.METRIC_UNUSED, content.unusedMetrics());
    counters.add(Counted.RECORD_UNUSED, content.unusedRecords());
    counters.add(Counted.POINT_READ, content.read());
    if (!reserve(content)) {
      counters.increment(Counted.REQUEST_REFUSED);
      counters.add(Counted.POINT_REFUSED, content.read());
      return new IngestOutcome.Refused(RETRY_AFTER);
    }
    counters.add(Counted.POINT_TAKEN, content.taken());
    counters.add(Counted.POINT_UNUSABLE, content.unusable());
    counters.add(Counted.POINT_EMPTY, content.empty());
    counters.add(Counted.POINT_OVER_LIMIT, content.overLimit());
    handOver(content);
    return outcome(content);
  }

  private IngestOutcome outcome(RequestContent content) {
    long rejected = content.unusable() + content.overLimit();
    if (rejected == 0) {
      counters.increment(Counted.REQUEST_ACCEPTED);
      return new IngestOutcome.Accepted(content.taken());
    }
    counters.increment(Counted.REQUEST_PARTIAL);
    return new IngestOutcome.Partial(content.taken(), rejected, content.rejection());
  }

  private IngestOutcome unread(Signal signal, byte[] protobuf) throws MalformedOtlpException {
    SignalScan pooled = scans.poll();
    SignalScan scan = pooled == null ? newScan.get() : pooled;
    try {
      scan.count(protobuf, signal);
    } finally {
      scans.offer(scan);
    }
    counters.increment(Counted.REQUEST_UNREAD);
    return new IngestOutcome.Accepted(0);
  }

  private boolean reserve(RequestContent content) {
    List<Runnable> undo = new ArrayList<>(shards.size() + 1);
    if (!reserve(graph.inbox(), content.entities().size(), undo)) {
      return false;
    }
    for (int i = 0; i < shards.size(); i++) {
      if (!reserve(shards.get(i).inbox(), content.flows(i).size(), undo)) {
        undo.forEach(Runnable::run);
        return false;
      }
    }
    return true;
  }

  private static boolean reserve(Inbox<?> inbox, int points, List<Runnable> undo) {
    if (points > 0) {
      if (!inbox.reserve(points)) {
        return false;
      }
      undo.add(() -> inbox.release(points));
    }
    return true;
  }

  private void handOver(RequestContent content) {
    long now = clock.millis();
    if (!content.entities().isEmpty()) {
      graph.inbox().put(new Batch<>(content.entities(), now), content.entities().size());
    }
    for (int i = 0; i < shards.size(); i++) {
      List<Observation> flows = content.flows(i);
      if (!flows.isEmpty()) {
        shards.get(i).inbox().put(new Batch<>(flows, now), flows.size());
      }
    }
  }
}
