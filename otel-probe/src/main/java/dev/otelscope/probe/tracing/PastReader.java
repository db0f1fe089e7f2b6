package dev.otelscope.probe.tracing;

import dev.otelscope.probe.connection.ConnectionListener;
import dev.otelscope.probe.connection.DurationCounts;
import dev.otelscope.probe.connection.PastConnections;
import dev.otelscope.probe.connection.PastConnections.OtherEnd;
import dev.otelscope.probe.kernel.KernelException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/// Reads [PastLayout].
final class PastReader {
  private final Decoder decoder;
  private final TracingMaps maps;
  private final int[] durations = new int[PastLayout.BUCKET_COUNT];

  PastReader(Decoder decoder, TracingMaps maps) {
    this.decoder = decoder;
    this.maps = maps;
  }

  /// Tells all that was added up since the last call.
  ///
  /// @param wanted which namespaces to tell of
  void tell(LongPredicate wanted, ConnectionListener listener) throws KernelException {
    maps.past.drain((keys, key, values, value) -> {
      long namespace = Decoder.unsigned(keys, key + PastLayout.KEY_NAMESPACE);
      if (wanted.test(namespace)) {
        listener.namespace(decoder.namespace(namespace));
        listener.past(read(keys, key, values, value, wanted));
      }
    });
  }

  private PastConnections read(
      ByteBuffer keys, int key, ByteBuffer values, int value, LongPredicate wanted) {
    for (int i = 0; i < durations.length; i++) {
      durations[i] = values.getInt(value + PastLayout.BUCKETS + Integer.BYTES * i);
    }
    return new PastConnections(
        Decoder.direction(keys.get(key + PastLayout.KEY_ROLE)),
        decoder.process(keys, key + PastLayout.KEY_PROCESS, key + PastLayout.KEY_PROCESS_START),
        decoder.address(keys, key + PastLayout.KEY_LOCAL),
        decoder.address(keys, key + PastLayout.KEY_REMOTE),
        Decoder.port(keys, key + PastLayout.KEY_SERVER_PORT),
        otherEnd(keys, key, wanted),
        values.getLong(value + PastLayout.OPENED),
        values.getLong(value + PastLayout.RESET),
        values.getLong(value + PastLayout.REFUSED),
        values.getLong(value + PastLayout.TIMED_OUT),
        values.getLong(value + PastLayout.UNREACHABLE),
        values.getLong(value + PastLayout.ABANDONED),
        values.getLong(value + PastLayout.SENT),
        values.getLong(value + PastLayout.RECEIVED),
        values.getLong(value + PastLayout.RETRANSMITS),
        values.getLong(value + PastLayout.DURATION),
        new DurationCounts(durations),
        sampledPorts(values, value));
  }

  private static List<Integer> sampledPorts(ByteBuffer values, int value) {
    List<Integer> ports = List.of();
    for (int i = 0; i < PastLayout.SAMPLE_COUNT; i++) {
      long word = values.getLong(value + PastLayout.SAMPLES + Long.BYTES * i);
      if (word != 0) {
        ports = ports.isEmpty() ? new ArrayList<>(PastLayout.SAMPLE_COUNT) : ports;
        ports.add(Short.toUnsignedInt(Short.reverseBytes((short) ~word)));
      }
    }
    return ports;
  }

  /// Where nobody wants the other namespace, it is for another probe to say who is there.
  private Optional<OtherEnd> otherEnd(ByteBuffer keys, int key, LongPredicate wanted) {
    long namespace = Decoder.unsigned(keys, key + PastLayout.KEY_PEER_NAMESPACE);
    if (keys.get(key + PastLayout.KEY_PAIRED) == 0 || !wanted.test(namespace)) {
      return Optional.empty();
    }
    return Optional.of(
        new OtherEnd(
            decoder.namespace(namespace),
            decoder.process(keys, key + PastLayout.KEY_PEER, key + PastLayout.KEY_PEER_START)));
  }
}
