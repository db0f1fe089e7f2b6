package dev.otelscope.probe.tracking;

import static java.util.Objects.requireNonNull;

/// The figures of all connections that share a [SeriesKey]. Counters grow from zero at the creation
/// of the series. Written by the tracker, read by whoever emits it, on the same thread.
public final class Series {
  private final SeriesKey key;
  private final String namespace;
  private int members;
  private long active;
  private long opened;
  private long failed;
  private long transmitted;
  private long received;
  private long retransmits;
  private long rttSumMicros;
  private int rttCount;
  private boolean everEstablished;
  private boolean bytesKnown;
  private boolean retransmitsKnown;
  private long touchedNanos;

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
    return failed;
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

  void addFailed(long nowNanos) {
    failed++;
    touchedNanos = nowNanos;
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
}
