package dev.otelscope.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.management.ThreadMXBean;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Law: any byte string handed to a reader ends in a value or in a malformed-input error naming the
/// offset; never in another exception, never in unbounded memory.
///
/// The seed is new in each run and printed; `-Dotelscope.seed=…` runs one again. A million messages
/// are tried, or `-Dotelscope.mutations=…`.
class MalformedInputTest {
  private static final int MUTATIONS = Integer.getInteger("otelscope.mutations", 1_000_000);
  private static final int COMPARED = 20; // each so many messages, one is given to protobuf too

  /// A reader's arrays may grow to their limits once; beyond that, what a handler asks for is made
  /// of the message's bytes.
  private static final long ALLOCATED_ONCE = 1 << 20;

  private static final long ALLOCATED_PER_BYTE = 100;

  private final long seed = Long.getLong("otelscope.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final MetricsReader reader = new MetricsReader(OtlpLimits.DEFAULT);
  private final SignalScan scan = new SignalScan(OtlpLimits.DEFAULT);
  private final OtlpJson json = new OtlpJson(OtlpLimits.DEFAULT);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private int accepted;
  private int malformed;
  private long mostAllocated;

  @Test
  void mutatedMetricsAreReadOrMalformed() throws Exception {
    Mutator mutator = new Mutator(random, metrics());
    Transcript transcript = new Transcript();
    for (int i = 0; i < 1_000; i++) {
      isReadUnmeasured(mutator.next(), transcript); // what the JVM allocates once
    }
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] message = mutator.next();
      try {
        boolean isRead = isRead(message, transcript);
        count(isRead);
        assertThat(isScanned(message, Signal.METRICS)).isEqualTo(isRead);
        if (i % COMPARED == 0) {
          compare(message, isRead, transcript);
        }
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        throw found(message, e);
      }
    }
    report("metrics");
    System.out.printf("at most %,d bytes allocated for one message%n", mostAllocated);
  }

  @Test
  void mutatedTracesAreScannedOrMalformed() throws Exception {
    Mutator mutator = new Mutator(random, captured(Signal.TRACES));
    for (int i = 0; i < MUTATIONS / 50; i++) {
      byte[] message = mutator.next();
      try {
        count(isScanned(message, Signal.TRACES));
      } catch (RuntimeException | StackOverflowError e) {
        throw found(message, e);
      }
    }
    report("traces");
  }

  @Test
  void mutatedJsonIsTakenOrMalformedAndWhatIsTakenCanBeRead() throws Exception {
    Mutator mutator = new Mutator(random, metricsInJson());
    for (int i = 0; i < MUTATIONS / 50; i++) {
      byte[] message = mutator.next();
      try {
        count(isTaken(message));
      } catch (RuntimeException | StackOverflowError e) {
        throw found(message, e);
      }
    }
    report("JSON");
  }

  private boolean isRead(byte[] message, Transcript transcript) {
    long before = threads.getCurrentThreadAllocatedBytes();
    boolean isRead = isReadUnmeasured(message, transcript);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    mostAllocated = Math.max(mostAllocated, allocated);
    assertThat(allocated)
        .as("bytes allocated for a message of %d", message.length)
        .isLessThan(ALLOCATED_ONCE + ALLOCATED_PER_BYTE * message.length);
    return isRead;
  }

  private boolean isReadUnmeasured(byte[] message, Transcript transcript) {
    transcript.clear();
    try {
      reader.read(message, transcript);
      return true;
    } catch (MalformedOtlpException e) {
      assertThat(e.offset()).isBetween(0, message.length);
      return false;
    }
  }

  private boolean isScanned(byte[] message, Signal signal) {
    try {
      scan.count(message, signal);
      return true;
    } catch (MalformedOtlpException e) {
      return false;
    }
  }

  /// The reader is stricter than protobuf in a few things, and more lenient about UTF-8 alone;
  /// where both take a message they say the same.
  private static void compare(byte[] message, boolean isRead, Transcript transcript) {
    if (!isRead) {
      return;
    }
    try {
      Transcript expected = new Transcript();
      expected.add(ExportMetricsServiceRequest.parseFrom(message));
      assertThat(transcript).hasToString(expected.toString());
    } catch (InvalidProtocolBufferException e) {
      assertThat(e).hasMessageContaining("UTF-8");
    }
  }

  private boolean isTaken(byte[] message) {
    byte[] protobuf;
    try {
      protobuf = json.toProtobuf(message, Signal.METRICS);
    } catch (MalformedOtlpException e) {
      assertThat(e.offset()).isBetween(0, message.length);
      return false;
    }
    try {
      reader.read(protobuf, new Transcript());
    } catch (MalformedOtlpException e) {
      throw new AssertionError("not readable as protobuf", e);
    }
    return true;
  }

  private List<byte[]> metrics() throws Exception {
    List<byte[]> corpus = new ArrayList<>(captured(Signal.METRICS));
    RandomRequests requests = new RandomRequests(random);
    UnusualWire wire = new UnusualWire(random);
    for (int i = 0; i < 500; i++) {
      corpus.add(requests.next().toByteArray());
      corpus.add(wire.write(requests.next()));
    }
    return corpus;
  }

  private List<byte[]> metricsInJson() throws IOException {
    List<byte[]> corpus = new ArrayList<>();
    for (Captures captures : Captures.all().toList()) {
      captures.requests().forEach(request -> corpus.add(request.getBytes(UTF_8)));
    }
    RandomRequests requests = new RandomRequests(random);
    for (int i = 0; i < 500; i++) {
      corpus.add(RandomRequests.json(requests.next()).getBytes(UTF_8));
    }
    return corpus;
  }

  private List<byte[]> captured(Signal signal) throws IOException, MalformedOtlpException {
    List<byte[]> requests = new ArrayList<>();
    for (Captures captures : Captures.all().toList()) {
      if (captures.signal() == signal) {
        for (String request : captures.requests()) {
          requests.add(json.toProtobuf(request.getBytes(UTF_8), signal));
        }
      }
    }
    return requests;
  }

  private void count(boolean isAccepted) {
    if (isAccepted) {
      accepted++;
    } else {
      malformed++;
    }
  }

  private AssertionError found(byte[] message, Throwable cause) {
    return new AssertionError(
        "seed %d, message %s".formatted(seed, HexFormat.of().formatHex(message)), cause);
  }

  private void report(String what) {
    System.out.printf(
        "mutated %s: seed %d, %,d well formed, %,d malformed%n", what, seed, accepted, malformed);
    assertThat(accepted).isPositive();
    assertThat(malformed).isPositive();
  }
}
