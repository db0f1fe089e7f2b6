package dev.otelscope.server;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.sun.management.OperatingSystemMXBean;
import dev.otelscope.serving.Port;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
/// Client and server share the process, so these are lower bounds; the processor time is that of
/// both.
final class ReceiverLoad {
  private static final int POINTS = 2_000;
  private static final int SENDERS = 4;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ReceiverLoad() {}

  public static void main(String[] arguments) throws Exception {
    Duration time = Duration.ofSeconds(arguments.length > 0 ? Long.parseLong(arguments[0]) : 10);
    System.out.printf(
        "%d CPUs, Java %s, %d senders, %d points per request%n",
        Runtime.getRuntime().availableProcessors(), Runtime.version(), SENDERS, POINTS);
    System.out.println("body   bytes     requests/s   points/s   refused   CPU ms/request");
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
    long cpuNanos;
    try (Processor processor = Processor.start(config)) {
      cpuNanos = PROCESS.getProcessCpuTime();
      long end = System.nanoTime() + time.toNanos();
      CountDownLatch done = new CountDownLatch(SENDERS);
      for (int i = 0; i < SENDERS; i++) {
        WebClient client = // HTTP/1.1, as OTLP/HTTP exporters do: a connection for each sender
            WebClient.of("h1c://127.0.0.1:" + processor.otlpHttp().getPort());
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
      cpuNanos = PROCESS.getProcessCpuTime() - cpuNanos;
    }
    double perSecond = (double) taken.sum() / time.toSeconds();
    System.out.printf(
        "%-6s %-9d %10.0f %,10.0f %9d %16.2f%n",
        name,
        body.length,
        perSecond,
        perSecond * POINTS,
        refused.sum(),
        cpuNanos / 1e6 / Math.max(1, taken.sum() + refused.sum()));
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
