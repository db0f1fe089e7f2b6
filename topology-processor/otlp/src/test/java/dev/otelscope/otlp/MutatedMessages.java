package dev.otelscope.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/// One thread's share of mutated requests of one signal, each held to the law of
/// [MalformedInputTest].
final class MutatedMessages implements Callable<MutatedMessages> {
  private static final int COMPARED = 20; // each so many messages, one is given to protobuf too

  /// A reader's arrays may grow to their limits once; beyond that, what a handler asks for is made
  /// of the message's bytes.
  private static final long ALLOCATED_ONCE = 1 << 20;

  private static final long ALLOCATED_PER_BYTE = 100;

  private final long seed;
  private final int count;
  private final Mutator mutator;
  private final ReaderUnderTest reader;
  private final SignalScan scan = new SignalScan(OtlpLimits.DEFAULT);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private int accepted;
  private int malformed;
  private long mostAllocated;

  /// @param reader for this share alone
  /// @param seed of all shares together
  /// @param share 0, 1, …
  /// @param count how many messages
  /// @param corpus what to damage
  MutatedMessages(ReaderUnderTest reader, long seed, int share, int count, List<byte[]> corpus) {
    this.reader = reader;
    this.seed = seed;
    this.count = count;
    this.mutator = new Mutator(new Random(seed + share), corpus);
  }

  int accepted() {
    return accepted;
  }

  int malformed() {
    return malformed;
  }

  /// Bytes allocated for one message.
  long mostAllocated() {
    return mostAllocated;
  }

  @Override
  public MutatedMessages call() {
    for (int i = 0; i < 1_000; i++) {
      isRead(mutator.next()); // what the JVM allocates once
    }
    for (int i = 0; i < count; i++) {
      byte[] message = mutator.next();
      try {
        tryOut(message, i % COMPARED == 0);
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        throw new AssertionError(
            "seed %d, message %s".formatted(seed, HexFormat.of().formatHex(message)), e);
      }
    }
    return this;
  }

  private void tryOut(byte[] message, boolean isCompared) {
    long before = threads.getCurrentThreadAllocatedBytes();
    boolean isRead = isRead(message);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    mostAllocated = Math.max(mostAllocated, allocated);
    if (allocated >= ALLOCATED_ONCE + ALLOCATED_PER_BYTE * message.length) {
      throw new AssertionError(
          "%,d bytes allocated for a message of %,d".formatted(allocated, message.length));
    }
    if (isScanned(message) != isRead) {
      throw new AssertionError("read: %s, scanned: %s".formatted(isRead, !isRead));
    }
    if (isRead) {
      accepted++;
    } else {
      malformed++;
    }
    if (isRead && isCompared) {
      compare(message);
    }
  }

  private boolean isRead(byte[] message) {
    try {
      reader.readAll(message);
      return true;
    } catch (MalformedOtlpException e) {
      assertThat(e.offset()).isBetween(0, message.length);
      return false;
    }
  }

  private boolean isScanned(byte[] message) {
    try {
      scan.count(message, reader.signal());
      return true;
    } catch (MalformedOtlpException e) {
      return false;
    }
  }

  /// The reader is stricter than protobuf in a few things, and more lenient about UTF-8 alone;
  /// where both take a message they say the same.
  private void compare(byte[] message) {
    try {
      assertThat(reader.said(message)).isEqualTo(reader.expected(message));
    } catch (MalformedOtlpException e) {
      throw new AssertionError("read once, not read again", e);
    } catch (InvalidProtocolBufferException e) {
      assertThat(e).hasMessageContaining("UTF-8");
    }
  }
}
