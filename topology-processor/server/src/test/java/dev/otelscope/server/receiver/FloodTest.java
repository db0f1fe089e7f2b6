package dev.otelscope.server.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import dev.otelscope.engine.IngestOutcome;
import dev.otelscope.otlp.Signal;
import dev.otelscope.server.receiver.RequestCounts.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FloodTest {

  @Test
  void moreRequestsThanThereIsRoomForAreRefusedForNowAndNoneIsLost() {
    CountDownLatch release = new CountDownLatch(1);
    try (TestReceivers receivers = new TestReceivers()) {
      receivers.engine =
          (signal, bytes) -> {
            awaitUninterrupted(release);
            return new IngestOutcome.Accepted(1);
          };
      WebClient client = receivers.client();
      List<CompletableFuture<AggregatedHttpResponse>> responses = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        responses.add(post(client));
      }

      await().until(() -> receivers.count(Transport.HTTP, Signal.METRICS, Outcome.REFUSED) == 46);
      release.countDown();

      List<AggregatedHttpResponse> answers =
          responses.stream().map(CompletableFuture::join).toList();
      assertThat(answers).filteredOn(answer -> answer.status().equals(HttpStatus.OK)).hasSize(4);
      assertThat(answers)
          .filteredOn(answer -> answer.status().equals(HttpStatus.TOO_MANY_REQUESTS))
          .hasSize(46)
          .allMatch(answer -> answer.headers().contains(HttpHeaderNames.RETRY_AFTER));
      assertThat(receivers.taken).hasSize(4);
      assertThat(receivers.allCounts()).isEqualTo(50);
      assertThat(post(client).join().status()).as("there is room again").isEqualTo(HttpStatus.OK);
    }
  }

  private static CompletableFuture<AggregatedHttpResponse> post(WebClient client) {
    return client
        .execute(
            RequestHeaders.of(
                HttpMethod.POST,
                "/v1/metrics",
                HttpHeaderNames.CONTENT_TYPE,
                MediaType.create("application", "x-protobuf")),
            HttpData.wrap(new byte[] {10, 0}))
        .aggregate();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
