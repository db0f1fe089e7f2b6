package dev.otelscope.probe.emission;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventSenderTest {
  private static final long SECOND = 1_000_000_000L;

  private final Receiver receiver = new Receiver();
  private long now = 1_000 * SECOND;
  private long saidNanos;
  private final EventSender sender =
      new EventSender(
          receiver,
          new Answers(),
          "receiver",
          Duration.ofSeconds(1),
          List.of(this::offer),
          () -> now);

  @Test
  void whatIsNewIsSentOnceAndAgainWithinThirtySeconds() {
    seconds(30);
    assertThat(receiver.requests).hasSize(1);

    seconds(1);
    assertThat(receiver.requests).hasSize(2);
    assertThat(receiver.requests.getFirst())
        .singleElement()
        .satisfies(log -> {
          assertThat(log.getEventName()).isEqualTo("event");
          assertThat(log.getInstrumentationScopeInfo().getName()).isEqualTo("dev.otelscope.probe");
        });
  }

  @Test
  void whatDidNotArriveIsSentAgain() {
    receiver.answers = CompletableResultCode.ofFailure();
    seconds(1);
    receiver.answers = CompletableResultCode.ofSuccess();
    seconds(3);

    assertThat(receiver.requests).hasSize(2);
  }

  @Test
  void aReceiverThatFailsIsAskedEverMoreRarely() {
    receiver.answers = CompletableResultCode.ofFailure();

    seconds(300);

    assertThat(receiver.requests).hasSizeBetween(8, 20);
  }

  @Test
  void nothingIsCollectedWhileTheReceiverHasNotAnswered() {
    receiver.answers = new CompletableResultCode();
    seconds(100);
    assertThat(receiver.requests).hasSize(1);

    receiver.answers.succeed();
    seconds(1);
    assertThat(receiver.requests).hasSize(2);
  }

  private void seconds(int count) {
    for (int i = 0; i < count; i++) {
      sender.send();
      now += SECOND;
    }
  }

  private void offer(long nowNanos, long dueBeforeNanos, List<LogRecordData> collected) {
    if (saidNanos < dueBeforeNanos) {
      saidNanos = nowNanos;
      collected.add(new EventRecord(Resource.empty(), "event", nowNanos, Attributes.empty()));
    }
  }

  private static final class Receiver implements LogRecordExporter {
    private final List<Collection<LogRecordData>> requests = new ArrayList<>();
    private CompletableResultCode answers = CompletableResultCode.ofSuccess();

    @Override
    public CompletableResultCode export(Collection<LogRecordData> logs) {
      requests.add(logs);
      return answers;
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
