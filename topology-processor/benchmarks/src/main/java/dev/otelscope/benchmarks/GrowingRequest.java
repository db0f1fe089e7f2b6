package dev.otelscope.benchmarks;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.stream.IntStream;

/// A request of [ProbeTraffic] whose times and counters are moved on in place, so that a bench can
/// send any number of rounds without making messages while it measures.
final class GrowingRequest {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
  private static final byte TIME = 3 << 3 | 1;
  private static final byte AS_INT = 6 << 3 | 1;

  private final byte[] bytes;
  private final int[] times;
  private final int[] counts;
  private final int[] byteCounts;

  private GrowingRequest(byte[] bytes) {
    this.bytes = bytes;
    times = places(TIME, ProbeTraffic.timeNanos(1));
    counts = places(AS_INT, ProbeTraffic.opened(1));
    byteCounts = places(AS_INT, ProbeTraffic.transferred(1));
  }

  static List<GrowingRequest> ofHosts(int hosts, int exemplars) {
    return ProbeTraffic.requests(hosts, 1, exemplars).stream().map(GrowingRequest::new).toList();
  }

  /// The request as it is in that round; the same array each time.
  byte[] at(long round) {
    write(times, ProbeTraffic.timeNanos(round));
    write(counts, ProbeTraffic.opened(round));
    write(byteCounts, ProbeTraffic.transferred(round));
    return bytes;
  }

  private int[] places(byte tag, long value) {
    return IntStream.range(1, bytes.length - Long.BYTES + 1)
        .filter(i -> bytes[i - 1] == tag && (long) LONG.get(bytes, i) == value)
        .toArray();
  }

  private void write(int[] places, long value) {
    for (int place : places) {
      LONG.set(bytes, place, value);
    }
  }
}
