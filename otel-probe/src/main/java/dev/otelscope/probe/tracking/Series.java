package dev.otelscope.probe.tracking;

import static java.util.Objects.requireNonNull;

import dev.otelscope.probe.connection.Ending;
import dev.otelscope.probe.connection.PastConnections;
import java.util.Arrays;
import java.util.List;

/// The figures of all connections that share a [SeriesKey]. Counters grow from zero at the creation
/// of the series. Written by the tracker, read by whoever emits it, on the same thread.
public final class Series {
  private static final int CAUSES = 4;

  private final SeriesKey key;
  private final String namespace;
  private int members;
  private long active;
  private long opened;
  private final long[] failed = new long[CAUSES];
  private final Durations durations = new Durations();
  private long reset;
  private boolean resetsKnown;
  private long transmitted;
  private long received;
  private long retransmits;
  private long rttSumMicros;
  private int rttCount;
  private boolean everEstablished;
  private boolean bytesKnown;
  private boolean retransmitsKnown;
  private long touchedNanos;
  private final Samples activeSamples = new Samples();
  private final Samples openedSamples = new Samples();
  private boolean incompletelySampled;

  Series(SeriesKey key, String namespace, long nowNanos) {
    this.key = requireNonNull(key, "key");
    this.namespace = requireNonNull(namespace, "namespace");
    this.touchedNanos = nowNanos;
  }

  public SeriesKey key() {
    return key;
  }

  /// Network namespace of its first connection.
  public String namespace() {
    return namespace;
  }

  /// Connections that are ESTABLISHED to CLOSE_WAIT now.
  public long active() {
    return active;
  }

  /// Connections established since the series began.
  public long opened() {
    return opened;
  }

  /// Connections that were never established.
  public long failed() {
    return Arrays.stream(failed).sum();
  }

  /// Connections that were never established for this reason.
  public long failed(Ending cause) {
    return failed[slot(cause)];
  }

  /// Connections that were established, and then cut by an RST.
  public long reset() {
    return reset;
  }

  /// Whether the source says how connections end.
  public boolean areResetsKnown() {
    return resetsKnown;
  }

  /// How long connections lasted that are over.
  public Durations durations() {
    return durations;
  }

  /// Payload sent, in bytes, without what was sent again.
  public long transmitted() {
    return transmitted;
  }

  /// Payload received, in bytes.
  public long received() {
    return received;
  }

  /// Segments sent again.
  public long retransmits() {
    return retransmits;
  }

  /// Mean smoothed round-trip time of the open connections, 0 when none is known.
  public double rttSeconds() {
    return rttCount == 0 ? 0 : rttSumMicros / 1e6 / rttCount;
  }

  public boolean isRttKnown() {
    return rttCount > 0;
  }

  /// Whether any of its connections was ever established; else it only has failed ones.
  public boolean wasEverEstablished() {
    return everEstablished;
  }

  public boolean areBytesKnown() {
    return bytesKnown;
  }

  public boolean areRetransmitsKnown() {
    return retransmitsKnown;
  }

  /// Some of the connections that are open now: those with the lowest hashes.
  public List<SampledConnection> activeSamples() {
    return activeSamples.list();
  }

  /// Some of the connections that were opened since the last call, in the same way.
  public List<SampledConnection> takeOpenedSamples() {
    List<SampledConnection> taken = openedSamples.list();
    openedSamples.clear();
    return taken;
  }

  /// Whether its connections are sampled. Not where it says who is at the other end anyway, where
  /// it is not known which end is the server, and not where a limit took the addresses away.
  boolean isSampled() {
    return key.peer().isEmpty()
        && key.role() != Role.UNKNOWN
        && key.fold() == SeriesKey.Fold.NOTHING;
  }

  /// Whether a connection that was sampled has ended, so that all others are to be offered again.
  boolean isIncompletelySampled() {
    return incompletelySampled;
  }

  void setCompletelySampled() {
    incompletelySampled = false;
  }

  /// Of the connections that are open.
  boolean wantsActiveSample(long hash) {
    return activeSamples.wants(hash);
  }

  void addActiveSample(SampledConnection connection) {
    activeSamples.add(connection);
  }

  void removeActiveSample(long hash) {
    boolean removed = activeSamples.remove(hash);
    incompletelySampled |= removed && active > 0;
  }

  /// Of those that were opened.
  boolean wantsOpenedSample(long hash) {
    return openedSamples.wants(hash);
  }

  void addOpenedSample(SampledConnection connection) {
    openedSamples.add(connection);
  }

  /// Whether it has had no connection for `lingerNanos`, so that it may be said to have ended.
  public boolean isIdle(long nowNanos, long lingerNanos) {
    return members == 0 && nowNanos - touchedNanos >= lingerNanos;
  }

  void join(boolean established) {
    members++;
    everEstablished |= established;
  }

  void leave(long nowNanos) {
    members--;
    touchedNanos = nowNanos;
  }

  void addActive(int change) {
    active += change;
  }

  void addOpened() {
    opened++;
    everEstablished = true;
  }

  void addFailed(Ending cause, long nowNanos) {
    failed[slot(cause)]++;
    touchedNanos = nowNanos;
  }

  /// A connection that was established is over.
  ///
  /// @param nanos how long it lasted, -1 when not known
  void addEnd(Ending ending, long nanos) {
    resetsKnown |= ending != Ending.UNKNOWN;
    reset += ending == Ending.RESET ? 1 : 0;
    if (nanos >= 0) {
      durations.add(nanos);
    }
  }

  void addPast(PastConnections past, long nowNanos) {
    touchedNanos = nowNanos;
    failed[slot(Ending.REFUSED)] += past.refused();
    failed[slot(Ending.TIMED_OUT)] += past.timedOut();
    failed[slot(Ending.UNREACHABLE)] += past.unreachable();
    failed[slot(Ending.UNKNOWN)] += past.failedOtherwise();
    if (past.opened() > 0) {
      everEstablished = true;
      resetsKnown = true;
      opened += past.opened();
      reset += past.reset();
      addTransmitted(past.bytesSent());
      addReceived(past.bytesReceived());
      addRetransmits(past.retransmits());
      durations.add(past);
    }
  }

  void addTransmitted(long bytes) {
    transmitted += bytes;
    bytesKnown = true;
  }

  void addReceived(long bytes) {
    received += bytes;
    bytesKnown = true;
  }

  void addRetransmits(long segments) {
    retransmits += segments;
    retransmitsKnown = true;
  }

  void addRtt(long micros, int connections) {
    rttSumMicros += micros;
    rttCount += connections;
  }

  private static int slot(Ending cause) {
    return switch (cause) {
      case REFUSED -> 0;
      case TIMED_OUT -> 1;
      case UNREACHABLE -> 2;
      case ORDERLY, RESET, UNKNOWN -> 3;
    };
  }
}
