package dev.otelscope.server.receiver;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.otelscope.otlp.Signal;
import dev.otelscope.server.receiver.Body.TooMuchException;
import dev.otelscope.server.receiver.RequestCounts.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Collects the bodies of both transports within bounds and has few threads work on them. Every
/// answer that comes from here was counted, once.
final class Intake {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final RequestCounts counts;
  private final ReceiverLimits limits;
  private final Semaphore requests;
  private final Semaphore bytes;

  Intake(RequestCounts counts, ReceiverLimits limits) {
    this.counts = counts;
    this.limits = limits;
    requests = new Semaphore(limits.requests());
    bytes = new Semaphore(limits.bufferedBytes());
  }

  /// Reads the request's body and has `work` answer it on a thread that may be busy for a while.
  CompletableFuture<Answer> take(
      ServiceRequestContext context,
      HttpRequest request,
      Transport transport,
      Signal signal,
      Function<byte[], Answer> work) {
    if (!requests.tryAcquire()) {
      return CompletableFuture.completedFuture(
          counted(transport, signal, new Answer.Refused(RETRY_AFTER)));
    }
    Body body = new Body(limits.requestBytes(), bytes);
    return body.read(request)
        .thenApplyAsync(work, context.blockingTaskExecutor())
        .exceptionally(this::unread)
        .thenApply(answer -> counted(transport, signal, answer))
        .whenComplete((answer, failure) -> {
          body.release();
          requests.release();
        });
  }

  /// Counts the answer to a request whose body need not be looked at.
  Answer counted(Transport transport, Signal signal, Answer answer) {
    counts.increment(transport, signal, Outcome.of(answer));
    return answer;
  }

  private Answer unread(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof TooMuchException tooMuch)) {
      return new Answer.Abandoned();
    }
    return tooMuch.isForGood()
        ? new Answer.TooLarge("a request may have " + limits.requestBytes() + " bytes")
        : new Answer.Refused(RETRY_AFTER);
  }
}
