package dev.otelscope.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import dev.otelscope.engine.EngineConfig;
import dev.otelscope.otlp.Signal;
import dev.otelscope.server.receiver.Outcome;
import dev.otelscope.server.receiver.RequestCounts.Transport;
import dev.otelscope.serving.Port;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The whole processor under more than its queues hold.
class ProcessorFloodTest {
  private static final int REQUESTS = 60;
  private static final int PEERS = 300;

  @Test
  void aRequestIsTakenWholeOrRefusedWholeAndTheCountsBalance() throws Exception {
    ProcessorConfig config =
        ProcessorConfig.DEFAULTS
            .withPorts(Port.exactly(0), Port.exactly(0), Optional.empty())
            .withEngine(EngineConfig.DEFAULTS.withShards(1).withQueuedPoints(2 * PEERS));
    try (Processor processor = Processor.start(config)) {
      WebClient client = WebClient.of(processor.otlpHttp());
      Instant now = Instant.now();
      List<CompletableFuture<AggregatedHttpResponse>> answers =
          IntStream.range(0, REQUESTS)
              .mapToObj(i -> post(client, SampleRequests.connections("host-" + i, PEERS, now)))
              .toList();

      long taken =
          answers.stream()
              .map(CompletableFuture::join)
              .peek(answer -> assertThat(answer.status().code()).isIn(200, 429))
              .filter(answer -> answer.status().equals(HttpStatus.OK))
              .count();

      assertThat(taken).isPositive();
      assertThat(count(processor, Outcome.ACCEPTED)).isEqualTo(taken);
      assertThat(count(processor, Outcome.REFUSED)).isEqualTo(REQUESTS - taken);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThat(processor.source().current().edges())
                  .as("every edge of every request taken, none of one refused")
                  .hasSize(Math.toIntExact(taken * PEERS)));
    }
  }

  private static long count(Processor processor, Outcome outcome) {
    return processor.requests().of(Transport.HTTP, Signal.METRICS, outcome);
  }

  private static CompletableFuture<AggregatedHttpResponse> post(WebClient client, byte[] body) {
    return client
        .execute(
            RequestHeaders.of(
                HttpMethod.POST,
                "/v1/metrics",
                HttpHeaderNames.CONTENT_TYPE,
                "application/x-protobuf"),
            HttpData.wrap(body))
        .aggregate();
  }
}
