package dev.otelscope.server;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPOutputStream;

/// How many requests a processor takes: senders of the same process, each with one request of 2,000
/// points underway at a time, plain and compressed. Run it from the test class path; the argument
/// is the seconds for each row.
///
/// Client and server share the machine, so these are lower bounds.
final class ReceiverLoad {
  private static final int POINTS = 2_000;
  private static final int SENDERS = 4;

  private ReceiverLoad() {}

  public static void main(String[] arguments) throws Exception {
    Duration time = Duration.ofSeconds(arguments.length > 0 ? Long.parseLong(arguments[0]) : 10);
    System.out.printf(
        "%d CPUs, Java %s, %d senders, %d points per request%n",
        Runtime.getRuntime().availableProcessors(), Runtime.version(), SENDERS, POINTS);
    System.out.println("body   bytes     requests/s   points/s   refused");
    measure("plain", false, Duration.ofSeconds(5)); // warm up
    measure("plain", false, time);
    measure("gzip", true, time);
    System.exit(0);
  }

  private static void measure(String name, boolean gzip, Duration time) throws Exception {
    ProcessorConfig config =
        ProcessorConfig.DEFAULTS.withPorts(Port.exactly(0), Port.exactly(0), Optional.empty());
    byte[] plain = SampleRequests.connections("load", POINTS, Instant.now());
    byte[] body = gzip ? compressed(plain) : plain;
    LongAdder taken = new LongAdder();
    LongAdder refused = new LongAdder();
    try (Processor processor = Processor.start(config)) {
      long end = System.nanoTime() + time.toNanos();
      CountDownLatch done = new CountDownLatch(SENDERS);
      for (int i = 0; i < SENDERS; i++) {
        WebClient client = WebClient.of(processor.otlpHttp());
        Thread.ofVirtual()
            .start(() -> {
              while (System.nanoTime() < end) {
                (send(client, body, gzip) ? taken : refused).increment();
              }
              done.countDown();
            });
      }
      if (!done.await(time.toSeconds() + 60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the senders do not come to an end");
      }
    }
    double perSecond = (double) taken.sum() / time.toSeconds();
    System.out.printf(
        "%-6s %-9d %10.0f %,10.0f %9d%n",
        name, body.length, perSecond, perSecond * POINTS, refused.sum());
  }

  private static boolean send(WebClient client, byte[] body, boolean gzip) {
    RequestHeaders headers =
        RequestHeaders.of(
            HttpMethod.POST,
            "/v1/metrics",
            HttpHeaderNames.CONTENT_TYPE,
            "application/x-protobuf",
            HttpHeaderNames.CONTENT_ENCODING,
            gzip ? "gzip" : "identity");
    return client
        .execute(headers, HttpData.wrap(body))
        .aggregate()
        .join()
        .status()
        .equals(HttpStatus.OK);
  }

  private static byte[] compressed(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
