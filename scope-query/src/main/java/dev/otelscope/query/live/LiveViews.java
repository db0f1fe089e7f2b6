package dev.otelscope.query.live;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.linecorp.armeria.common.HttpData;
import dev.otelscope.model.GraphSource;
import dev.otelscope.model.Revision;
import dev.otelscope.query.details.RecentPoints;
import dev.otelscope.views.Outside;
import dev.otelscope.views.Selector;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.ViewState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All views of one graph, for any number of viewers. Safe to use from any thread.
public final class LiveViews implements AutoCloseable {
  /*
   * Concurrency
   *   One thread owns the views, the streams and the recent points. The graph's publisher only leaves
   *   a letter in the mailbox; requests bring a question and get a future. What leaves the thread is
   *   immutable: records, and bytes that nobody changes.
   */
  private static final Logger LOG = LoggerFactory.getLogger(LiveViews.class);
  private static final long KEEP_ALIVE_MILLIS = 15_000;
  private static final long SECOND_MILLIS = 1_000;
  private static final long IDLE_CHECK_MILLIS = 5_000;

  private final LiveCounters counters = new LiveCounters();
  private final RecentPoints points = new RecentPoints();
  private final OpenViews views;
  private final Listing listing;
  private final LongSupplier nanoTime;
  private final Set<LiveStream> streams = new LinkedHashSet<>();
  private final Mailbox mailbox = new Mailbox(() -> run(this::followGraph));
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("otelscope-views").daemon().factory());
  private final GraphSource.Subscription subscription;
  private final BooleanSupplier connected;
  private boolean stale;
  private volatile boolean answered;

  /// A view that a stream shall carry.
  ///
  /// @param name as which the reader knows it
  public record Wanted(ViewDefinition view, Selector selector, String name) {}

  /// A view written as JSON, without the opening `{"view":…`.
  ///
  /// @param stale whether the graph's source is silent
  public record Answer(Revision revision, boolean stale, HttpData fields) {}

  private LiveViews(
      List<ViewDefinition> catalogue,
      Outside outside,
      GraphSource source,
      BooleanSupplier connected,
      LongSupplier nanoTime) {
    this.connected = connected;
    this.nanoTime = nanoTime;
    views = new OpenViews(catalogue, outside, counters);
    listing = new Listing(views);
    every(KEEP_ALIVE_MILLIS, () -> streams.forEach(LiveStream::keepAlive));
    every(SECOND_MILLIS, this::tellStaleness);
    every(SECOND_MILLIS, this::tellListing);
    every(IDLE_CHECK_MILLIS, () -> views.giveUpIdle(now()));
    subscription = source.subscribe(mailbox);
  }

  /// @param catalogue in the order in which views are listed
  /// @param connected whether the source can be heard now; asked once a second
  /// @param nanoTime such as [System#nanoTime]
  public static LiveViews start(
      List<ViewDefinition> catalogue,
      Outside outside,
      GraphSource source,
      BooleanSupplier connected,
      LongSupplier nanoTime) {
    return new LiveViews(catalogue, outside, source, connected, nanoTime);
  }

  /// Whether the graph's source can be heard, or was once.
  public boolean isReady() {
    return answered || connected.getAsBoolean();
  }

  public LiveCounters counters() {
    return counters;
  }

  /// The view as it is now.
  public CompletableFuture<Answer> view(ViewDefinition view, Selector selector) {
    return ask(() -> {
      LiveView.Written written = views.live(view, selector, now()).snapshot();
      return new Answer(written.revision(), stale, written.fields());
    });
  }

  /// The list of views, a whole JSON object.
  public CompletableFuture<HttpData> listing() {
    return ask(() -> {
      listing.refresh(now());
      return listing.json();
    });
  }

  /// Lets `reader` look at a view with nothing hidden, on the views' thread: it must be quick and
  /// must not keep what it is given.
  public <T> CompletableFuture<T> inspect(
      ViewDefinition view, BiFunction<ViewState, RecentPoints, T> reader) {
    return ask(() -> reader.apply(views.state(view, now()), points));
  }

  /// Begins to stream into `outlet` until [Subscription#close].
  ///
  /// @param withListing whether the list of views is streamed, too
  /// @param seen revision up to which the reader has seen these views
  public Subscription stream(
      List<Wanted> wanted, boolean withListing, Optional<Revision> seen, Outlet outlet) {
    Subscription handle = new Subscription();
    run(() -> {
      List<LiveStream.Watched> watched = new ArrayList<>();
      for (Wanted each : wanted) {
        LiveView view = views.live(each.view, each.selector, now());
        watched.add(new LiveStream.Watched(view, each.name, seen.filter(this::isPast)));
      }
      if (withListing) {
        listing.refresh(now());
      }
      LiveStream stream =
          new LiveStream(
              watched,
              Optional.of(listing).filter(_ -> withListing),
              outlet,
              taker -> run(() -> taker.taken(revision(), stale)),
              counters);
      handle.stream = Optional.of(stream);
      streams.add(stream);
      counters.streams(1);
      stream.pump(revision(), stale);
    });
    return handle;
  }

  /// Whether it can have been seen: a number of this epoch that did not come yet was made up.
  private boolean isPast(Revision seen) {
    Revision now = revision();
    return !seen.epoch().equals(now.epoch()) || seen.number() <= now.number();
  }

  /// A stream that goes on until it is closed.
  public final class Subscription implements AutoCloseable {
    private Optional<LiveStream> stream = Optional.empty();

    private Subscription() {}

    /// May be called more than once.
    @Override
    public void close() {
      run(() -> stream.filter(streams::remove).ifPresent(LiveViews.this::end));
    }
  }

  private void end(LiveStream stream) {
    stream.close(now());
    counters.streams(-1);
  }

  private void followGraph() {
    mailbox
        .take()
        .ifPresent(letter -> {
          counters.graphChanged();
          points.record(letter.delta(), letter.snapshot());
          views.follow(letter.delta(), letter.snapshot());
          answered = true;
          pumpAll();
        });
  }

  private void tellStaleness() {
    if (stale == connected.getAsBoolean()) {
      stale = !stale;
      pumpAll();
    }
  }

  private void tellListing() {
    if (streams.stream().anyMatch(LiveStream::wantsListing)) {
      listing.refresh(now());
      pumpAll();
    }
  }

  private void pumpAll() {
    Revision revision = revision();
    streams.forEach(stream -> stream.pump(revision, stale));
  }

  private Revision revision() {
    return views.graph().revision();
  }

  private long now() {
    return nanoTime.getAsLong();
  }

  private <T> CompletableFuture<T> ask(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question, thread);
  }

  private void run(Runnable work) {
    try {
      thread.execute(() -> guarded(work));
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed before this could be done", e);
    }
  }

  private void every(long millis, Runnable work) {
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(() -> guarded(work), millis, millis, MILLISECONDS);
  }

  /// A mistake in one piece of work must not silently end the thread's schedule.
  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("The views' thread goes on after a mistake of ours", e);
    }
  }

  /// Ends all streams, then the thread.
  @Override
  public void close() {
    subscription.close();
    run(() -> {
      streams.forEach(this::end);
      streams.clear();
    });
    thread.shutdown();
  }
}
