package dev.otelscope.probe.emission;

import static dev.otelscope.probe.tracking.SimulatedKernel.process;
import static dev.otelscope.probe.tracking.SimulatedKernel.tcp;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.otelscope.model.MetricNames;
import dev.otelscope.probe.emission.RecordingReceiver.Received;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.tracking.SimulatedKernel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A receiver, over real HTTP, that does what receivers do on bad days.
class FaultyReceiverTest {
  private static final ProcessIdentity CURL = process(10);

  private final RecordingReceiver receiver = new RecordingReceiver();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final EmissionBench bench = bench(receiver.base(), Map.of());

  @BeforeEach
  void listen() {
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void stop() {
    logger().detachAppender(log);
    bench.close();
    receiver.close();
  }

  private static ch.qos.logback.classic.Logger logger() {
    Logger logger = LoggerFactory.getLogger(ConfirmingExporter.class);
    return (ch.qos.logback.classic.Logger) logger;
  }

  @Test
  void afterAnHourWithoutReceiverTheFiguresAreRight() {
    bench.round();
    SimulatedKernel.End end = connect(40_000).sends(1);
    bench.round();
    receiver.answers(503);
    for (int second = 0; second < 3_600; second += 10) {
      end.sends(7);
      bench.pass(9);
      bench.round();
    }
    receiver.take();
    receiver.answers(200);
    bench.pass(9);
    bench.round();

    assertThat(values(receiver.take()))
        .containsEntry(MetricNames.CONNECTION_IO + "transmit", 1 + 360 * 7.0)
        .containsEntry(MetricNames.CONNECTION_OPENED, 1.0)
        .containsEntry(MetricNames.CONNECTION_ACTIVE, 1.0);
    bench.round();
    assertThat(said())
        .as("one sentence when it went, one when it came back")
        .satisfiesExactly(
            gone -> assertThat(gone).contains("does not accept data", "HTTP 503"),
            back -> assertThat(back).contains("accepts data again"));
  }

  @Test
  void aReceiverThatSaysWhenToComeBackIsLeftAloneUntilThen() {
    receiver.answers(429, Map.of("Retry-After", "20"), new byte[0]);
    bench.round();
    assertThat(receiver.takeRequests()).hasSize(1);
    receiver.answers(200);
    for (int second = 1; second < 20; second++) {
      bench.round();
    }
    assertThat(receiver.takeRequests()).isEmpty();

    bench.round();
    assertThat(receiver.takeRequests()).hasSize(1);
  }

  @Test
  void whatIsRefusedForWhatItIsIsDroppedAndCountedAndSaidOnce() {
    receiver.answers(400, Map.of(), "no such metric".getBytes(UTF_8));
    bench.round();
    connect(40_000).close();
    for (int second = 0; second < 40; second++) {
      bench.round();
    }
    assertThat(bench.tracker.series()).as("nothing is kept for it").isEmpty();
    assertThat(said())
        .singleElement()
        .satisfies(sentence ->
            assertThat(sentence).contains("refuses data for good", "dropped", "no such metric"));
    receiver.take();
    receiver.answers(200);
    bench.round();

    assertThat(receiver.take())
        .filteredOn(
            point -> "points_refused".equals(point.attributes().get("otelscope.lost.reason")))
        .singleElement()
        .satisfies(point -> assertThat(point.value()).isGreaterThan(40));
  }

  @Test
  void aRequestThatIsTooLargeSaysWhatToDo() {
    receiver.answers(413);
    bench.round();
    bench.round();

    assertThat(said())
        .singleElement()
        .satisfies(
            sentence -> assertThat(sentence).contains("HTTP 413", "raise the receiver's limit"));
  }

  @Test
  void aWrongTokenIsSaidWithTheVariableAndNothingIsLost() {
    bench.round();
    receiver.answers(401);
    connect(40_000).sends(5);
    bench.round();
    bench.round();
    assertThat(said())
        .singleElement()
        .satisfies(
            sentence -> assertThat(sentence).contains("HTTP 401", "OTEL_EXPORTER_OTLP_HEADERS"));
    receiver.take();
    receiver.answers(200);
    bench.pass(10);
    bench.round();

    assertThat(values(receiver.take())).containsEntry(MetricNames.CONNECTION_IO + "transmit", 5.0);
  }

  @Test
  void aReceiverThatAnswersTooLateIsLikeOneThatDoesNot() {
    Map<String, String> impatient = Map.of("OTEL_EXPORTER_OTLP_TIMEOUT", "200");
    try (EmissionBench hurried = bench(receiver.base(), impatient)) {
      receiver.holdsAnswersBack();
      hurried.round();
      receiver.answersAgain();
      hurried.round();
    }

    assertThat(said().getFirst())
        .contains("does not accept data", "did not answer in time", "OTEL_EXPORTER_OTLP_TIMEOUT");
    assertThat(receiver.take()).isNotEmpty();
  }

  @Test
  void aPortThatNobodyListensOnIsSaid() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (EmissionBench lonely = bench(URI.create("http://127.0.0.1:" + port), Map.of())) {
      lonely.round();
      lonely.round();
    }

    assertThat(said())
        .singleElement()
        .satisfies(sentence -> assertThat(sentence).contains("nobody takes connections there"));
  }

  @Test
  void headersAndCompressionAreAsTheVariablesSay() {
    Map<String, String> variables =
        Map.of(
            "OTEL_EXPORTER_OTLP_HEADERS", "api-key=a%20b",
            "OTEL_EXPORTER_OTLP_COMPRESSION", "none");
    try (EmissionBench plain = bench(receiver.base(), variables)) {
      plain.round();
      assertThat(receiver.headers().getLast())
          .containsEntry("Api-key", List.of("a b"))
          .containsEntry("Content-type", List.of("application/x-protobuf"))
          .doesNotContainKey("Content-encoding");
    }
    bench.round();
    assertThat(receiver.headers().getLast()).containsEntry("Content-encoding", List.of("gzip"));
  }

  private SimulatedKernel.End connect(int port) {
    return bench.kernel.open("1", tcp("10.0.0.1", port, "192.0.2.7", 443)).heldBy(CURL);
  }

  private List<String> said() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /// The last value of each metric, of the only connection that there is.
  private static Map<String, Double> values(List<Received> points) {
    Map<String, Double> values = new HashMap<>();
    for (Received point : points) {
      String direction = point.attributes().getOrDefault("network.io.direction", "");
      values.put(point.metric() + direction, point.value());
    }
    return values;
  }

  private static EmissionBench bench(URI base, Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", base.toString());
    Answers answers = new Answers();
    return new EmissionBench(
        OtlpExporters.create(ReceiverTarget.fromEnvironment(environment), answers), answers, 2_000);
  }
}
