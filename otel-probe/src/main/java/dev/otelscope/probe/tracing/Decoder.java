package dev.otelscope.probe.tracing;

import dev.otelscope.model.IpAddress;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.primitive.LongMap;
import dev.otelscope.probe.process.ProcessIdentity;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What all that programs write has in common, read in place. Not thread-safe.
final class Decoder {
  /// The kernel tells a process' start in nanoseconds, `/proc/<pid>/stat` in ticks (USER_HZ) of
  /// this.
  private static final long NANOS_PER_TICK = 10_000_000;

  /// Over it all are forgotten and made anew: those that have died are among them.
  private static final int LIMIT = 16_384;

  private static final int ADDRESSES = 1024;

  /// Those met lately, each at the place that its hash names: most sockets of a machine have the
  /// same few.
  private final @Nullable IpAddress[] addresses = new IpAddress[ADDRESSES];

  private final LongMap<Optional<ProcessIdentity>> processes = new LongMap<>();
  private final LongMap<String> namespaces = new LongMap<>();

  /// The address at an offset; mostly the same object for the same address.
  IpAddress address(ByteBuffer bytes, int at) {
    long high = high(bytes, at);
    long low = low(bytes, at);
    int place = (int) ((31 * high + low) * 0x9E37_79B9_7F4A_7C15L >>> 54);
    IpAddress known = addresses[place];
    if (known == null || known.high() != high || known.low() != low) {
      known = new IpAddress(high, low);
      addresses[place] = known;
    }
    return known;
  }

  static long high(ByteBuffer bytes, int at) {
    return Long.reverseBytes(bytes.getLong(at));
  }

  static long low(ByteBuffer bytes, int at) {
    return Long.reverseBytes(bytes.getLong(at + Long.BYTES));
  }

  static int port(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(Short.reverseBytes(bytes.getShort(at)));
  }

  static long unsigned(ByteBuffer bytes, int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }

  static Direction direction(byte role) {
    return switch (role) {
      case EndLayout.ROLE_CLIENT -> Direction.OUTBOUND;
      case EndLayout.ROLE_SERVER -> Direction.INBOUND;
      default -> Direction.UNKNOWN;
    };
  }

  /// When a process started, as `/proc` says it.
  static long ticks(long startNanos) {
    return startNanos / NANOS_PER_TICK;
  }

  /// The process at an offset and its start at another one; always the same object for one process,
  /// as long as there are not very many.
  Optional<ProcessIdentity> process(ByteBuffer bytes, int at, int startAt) {
    long pid = bytes.getLong(at);
    if (pid == 0) {
      return Optional.empty();
    }
    long ticks = ticks(bytes.getLong(startAt));
    Optional<ProcessIdentity> known = processes.get(pid);
    if (known != null && known.isPresent() && known.get().startTicks() == ticks) {
      return known;
    }
    if (processes.size() > LIMIT) {
      processes.clear();
    }
    Optional<ProcessIdentity> process = Optional.of(new ProcessIdentity((int) pid, ticks));
    processes.put(pid, process);
    return process;
  }

  /// The name of a namespace.
  String namespace(long inode) {
    String known = namespaces.get(inode);
    if (known == null) {
      if (namespaces.size() > LIMIT) {
        namespaces.clear();
      }
      known = Long.toString(inode);
      namespaces.put(inode, known);
    }
    return known;
  }
}
