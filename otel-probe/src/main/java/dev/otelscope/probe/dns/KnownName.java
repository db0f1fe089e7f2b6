package dev.otelscope.probe.dns;

import dev.otelscope.model.IpAddress;

/// A name of an address, as it was answered in one network namespace. Used by one thread.
public final class KnownName {
  private final String namespace;
  private final String name;
  private final IpAddress address;
  private final long sinceNanos;
  private long saidNanos;
  int ttlSeconds;
  long answeredNanos;
  long usedNanos;

  KnownName(String namespace, String name, IpAddress address, long sinceNanos) {
    this.namespace = namespace;
    this.name = name;
    this.address = address;
    this.sinceNanos = sinceNanos;
  }

  /// Where the answer came to.
  public String namespace() {
    return namespace;
  }

  public String name() {
    return name;
  }

  public IpAddress address() {
    return address;
  }

  /// When it was answered first, since 1970.
  public long sinceNanos() {
    return sinceNanos;
  }

  /// For how long the last answer is good.
  public int ttlSeconds() {
    return ttlSeconds;
  }

  /// When [#say] was called last, 0 before the first time.
  public long saidNanos() {
    return saidNanos;
  }

  /// Notes that it is told to others now, for whoever tells it.
  public void say(long nowNanos) {
    saidNanos = nowNanos;
  }
}
