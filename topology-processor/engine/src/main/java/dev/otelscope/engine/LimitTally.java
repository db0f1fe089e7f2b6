package dev.otelscope.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How many points of each producer a limit kept out. Receivers add, the graph agent reads.
final class LimitTally {
  private final Map<String, LongAdder> points = new ConcurrentHashMap<>();
  private final Map<String, Long> told = new HashMap<>(); // by the graph agent alone

  /// Hears of a producer.
  interface Listener {
    void overLimit(String host, long points);
  }

  void add(String host) {
    points.computeIfAbsent(host, key -> new LongAdder()).increment();
  }

  /// Tells which producers have more points over a limit than the last time, and how many in all.
  void forEachChange(Listener listener) {
    points.forEach((host, adder) -> {
      long now = adder.sum();
      if (now != told.getOrDefault(host, 0L)) {
        told.put(host, now);
        listener.overLimit(host, now);
      }
    });
  }
}
