package dev.otelscope.server.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpRequestWriter;
import com.linecorp.armeria.common.RequestHeaders;
import dev.otelscope.server.receiver.Body.TooMuchException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class BodyTest {
  private final Semaphore budget = new Semaphore(100);
  private final HttpRequestWriter request =
      HttpRequest.streaming(RequestHeaders.of(HttpMethod.POST, "/"));

  @Test
  void isWhatCameInPieces() {
    CompletableFuture<byte[]> body = new Body(10, budget).read(request);

    request.write(HttpData.wrap(new byte[] {1, 2, 3}));
    request.write(HttpData.wrap(new byte[] {4, 5}));
    request.close();

    assertThat(body.join()).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void oneThatIsTooLongIsNotReadToItsEnd() {
    Body body = new Body(10, budget);
    CompletableFuture<byte[]> whole = body.read(request);

    request.write(HttpData.wrap(new byte[8]));
    request.write(HttpData.wrap(new byte[3]));

    assertThat(whole)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(TooMuchException.class)
        .withMessageContaining("larger than a request may be");
    body.release();
    assertThat(budget.availablePermits()).isEqualTo(100);
  }

  @Test
  void allTogetherStayWithinTheBudget() {
    budget.acquireUninterruptibly(95);
    Body body = new Body(10, budget);
    CompletableFuture<byte[]> whole = body.read(request);

    request.write(HttpData.wrap(new byte[6]));

    assertThat(whole)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(TooMuchException.class)
        .withMessageContaining("no memory for it just now");
    body.release();
    assertThat(budget.availablePermits()).isEqualTo(5);
  }

  @Test
  void oneThatIsNotCompletedReturnsItsMemory() {
    Body body = new Body(10, budget);
    CompletableFuture<byte[]> whole = body.read(request);
    request.write(HttpData.wrap(new byte[6]));

    request.close(new IOException("the sender went away"));

    assertThat(whole).failsWithin(Duration.ofSeconds(10));
    body.release();
    assertThat(budget.availablePermits()).isEqualTo(100);
  }
}
