package dev.otelscope.server.receiver;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// Collects one request's body and stops as soon as it is too much.
final class Body implements Subscriber<HttpObject> {
  /*
   * Memory
   *   Every byte held is a permit of `budget`, taken when it arrives, so all bodies together stay
   *   within it however many senders there are. The permits belong to whoever got the body, who
   *   returns them by `release` in the end; here only `held` is counted.
   */

  private final int limit;
  private final Semaphore budget;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private @Nullable Subscription subscription;
  private int held;

  /// @param limit bytes that this body may have
  /// @param budget bytes that all bodies may have
  Body(int limit, Semaphore budget) {
    this.limit = limit;
    this.budget = budget;
  }

  /// The body; fails with [TooMuchException], or with what kept the sender from completing it.
  CompletableFuture<byte[]> read(HttpRequest request) {
    request.subscribe(this);
    return whole;
  }

  /// Returns the memory to the budget. Once, after the future of [#read] has completed.
  void release() {
    budget.release(held);
  }

  @Override
  public void onSubscribe(Subscription begun) {
    subscription = begun;
    begun.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HttpObject part) {
    if (!(part instanceof HttpData data) || whole.isDone()) {
      return;
    }
    int length = data.length();
    if (held + length > limit) {
      stop(new TooMuchException(true));
    } else if (!budget.tryAcquire(length)) {
      stop(new TooMuchException(false));
    } else {
      held += length;
      bytes.writeBytes(data.array());
    }
  }

  @Override
  public void onError(Throwable cause) {
    whole.completeExceptionally(cause);
  }

  @Override
  public void onComplete() {
    whole.complete(bytes.toByteArray());
  }

  private void stop(TooMuchException why) {
    if (subscription != null) {
      subscription.cancel();
    }
    whole.completeExceptionally(why);
  }

  /// Reading stopped because of the body's size.
  static final class TooMuchException extends Exception {
    private final boolean forGood;

    TooMuchException(boolean forGood) {
      super(forGood ? "larger than a request may be" : "no memory for it just now");
      this.forGood = forGood;
    }

    /// Whether it would be too much at any time.
    boolean isForGood() {
      return forGood;
    }
  }
}
