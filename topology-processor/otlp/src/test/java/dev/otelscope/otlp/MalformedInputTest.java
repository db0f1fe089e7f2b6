package dev.otelscope.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Law: any byte string handed to a reader ends in a value or in a malformed-input error naming the
/// offset; never in another exception, never in unbounded memory.
///
/// The seed is new in each run and printed; `-Dotelscope.seed=…` runs one again. A million messages
/// are tried, or `-Dotelscope.mutations=…`.
class MalformedInputTest {
  private static final int MUTATIONS = Integer.getInteger("otelscope.mutations", 1_000_000);
  private static final int THREADS = 2;

  private final long seed = Long.getLong("otelscope.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final MetricsReader reader = new MetricsReader(OtlpLimits.DEFAULT);
  private final SignalScan scan = new SignalScan(OtlpLimits.DEFAULT);
  private final OtlpJson json = new OtlpJson(OtlpLimits.DEFAULT);

  private int accepted;
  private int malformed;

  @Test
  void mutatedMetricsAreReadOrMalformed() throws Exception {
    List<byte[]> corpus = corpus(new RandomMetrics(random));
    corpus.addAll(captured(Signal.METRICS));
    mutate(ReaderUnderTest.OfMetrics::new, MUTATIONS, corpus);
  }

  @Test
  void mutatedLogsAreReadOrMalformed() throws Exception {
    mutate(ReaderUnderTest.OfLogs::new, MUTATIONS / 4, corpus(new RandomLogs(random)));
  }

  private void mutate(Supplier<ReaderUnderTest> readers, int mutations, List<byte[]> corpus)
      throws Exception {
    List<MutatedMessages> shares =
        IntStream.range(0, THREADS)
            .mapToObj(i -> new MutatedMessages(readers.get(), seed, i, mutations / THREADS, corpus))
            .toList();
    long mostAllocated = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<MutatedMessages> share : threads.invokeAll(shares)) {
        accepted += share.get().accepted();
        malformed += share.get().malformed();
        mostAllocated = Math.max(mostAllocated, share.get().mostAllocated());
      }
    }
    report(readers.get().signal().name().toLowerCase(Locale.ROOT));
    System.out.printf("at most %,d bytes allocated for one message%n", mostAllocated);
  }

  @Test
  void mutatedTracesAreScannedOrMalformed() throws Exception {
    Mutator mutator = new Mutator(random, captured(Signal.TRACES));
    for (int i = 0; i < MUTATIONS / 50; i++) {
      byte[] message = mutator.next();
      try {
        count(isScanned(message));
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

  private boolean isScanned(byte[] message) {
    try {
      scan.count(message, Signal.TRACES);
      return true;
    } catch (MalformedOtlpException e) {
      return false;
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
      reader.read(protobuf, new MetricsTranscript());
    } catch (MalformedOtlpException e) {
      throw new AssertionError("not readable as protobuf", e);
    }
    return true;
  }

  private List<byte[]> corpus(RandomRequests requests) {
    List<byte[]> corpus = new ArrayList<>();
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
    RandomRequests requests = new RandomMetrics(random);
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
