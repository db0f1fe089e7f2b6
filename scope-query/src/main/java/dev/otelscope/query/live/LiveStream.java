package dev.otelscope.query.live;

import com.linecorp.armeria.common.HttpData;
import dev.otelscope.model.Revision;
import dev.otelscope.query.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One reader of server-sent events, over one or several views. Belongs to the views' thread.
final class LiveStream {
  /*
   * A slow reader
   *   At most one batch of events is on its way. While it is, changes are not queued: only the
   *   revision that each view was last sent at is remembered. When the batch has been taken, what was
   *   missed is sent as one merged delta, or as a snapshot when it is too long ago. So a reader that
   *   does not read costs no more memory than its last batch, and nobody waits for it.
   */
  private static final HttpData COMMENT = HttpData.ofUtf8(":\n\n");
  private static final HttpData OBJECT_START = HttpData.ofUtf8("{\"view\":");
  private static final HttpData END = HttpData.ofUtf8("\n\n");

  private final List<Watched> watched;
  private final Optional<Listing> listing;
  private final Outlet outlet;
  private final Consumer<LiveStream> whenTaken;
  private final LiveCounters counters;
  private long listingSent;
  private boolean staleSent;
  private boolean busy;
  private boolean closed;

  /// A view that this stream carries.
  static final class Watched {
    private final LiveView view;
    private final HttpData name;
    private @Nullable Revision seen;

    /// @param name as which the reader knows the view
    /// @param seen revision of the graph up to which the reader has seen it, if it has
    Watched(LiveView view, String name, Optional<Revision> seen) {
      this.view = view;
      this.name = Json.data(json -> json.writeString(name));
      this.seen = seen.orElse(null);
    }
  }

  private record Event(String name, List<HttpData> data) {}

  /// @param listing whose changes are told too, if any
  /// @param whenTaken called on any thread when the reader has taken a batch; [#taken] is due then
  LiveStream(
      List<Watched> watched,
      Optional<Listing> listing,
      Outlet outlet,
      Consumer<LiveStream> whenTaken,
      LiveCounters counters) {
    this.watched = List.copyOf(watched);
    this.listing = listing;
    this.outlet = outlet;
    this.whenTaken = whenTaken;
    this.counters = counters;
    this.watched.forEach(each -> each.view.join());
  }

  boolean wantsListing() {
    return listing.isPresent();
  }

  /// Sends what the reader has not seen, unless it is still busy with what came before.
  ///
  /// @param revision of the graph
  /// @param stale whether the graph's source is silent
  void pump(Revision revision, boolean stale) {
    if (busy || closed) {
      return;
    }
    List<Event> events = new ArrayList<>();
    addListing(events);
    addStatus(events, stale);
    int others = events.size();
    watched.forEach(each -> addUpdate(each, stale, events));
    if (events.isEmpty()) {
      return;
    }
    Revision id = isSingle() ? watched.getFirst().view.current().revision() : revision;
    send(events, events.size() > others ? Optional.of(id) : Optional.empty());
    awaitTaken();
  }

  private boolean isSingle() {
    return watched.size() == 1 && listing.isEmpty();
  }

  private void addListing(List<Event> events) {
    listing
        .filter(list -> list.version() != listingSent)
        .ifPresent(list -> {
          listingSent = list.version();
          events.add(new Event("views", List.of(list.json())));
        });
  }

  private void addStatus(List<Event> events, boolean stale) {
    if (stale != staleSent) {
      staleSent = stale;
      events.add(new Event("status", List.of(HttpData.ofUtf8("{\"stale\":" + stale + "}"))));
    }
  }

  private static void addUpdate(Watched watched, boolean stale, List<Event> events) {
    LiveView view = watched.view;
    Revision seen = watched.seen;
    if (seen != null && view.isUpToDate(seen)) {
      return;
    }
    LiveView.Update update =
        seen == null ? new LiveView.Update("snapshot", view.snapshot()) : view.since(seen);
    watched.seen = view.current().revision();
    events.add(
        new Event(
            update.event(),
            List.of(
                OBJECT_START,
                watched.name,
                HttpData.ofUtf8(",\"stale\":" + stale),
                update.written().fields())));
  }

  private void send(List<Event> events, Optional<Revision> id) {
    List<HttpData> data = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      data.add(HttpData.ofUtf8("event: " + event.name + "\ndata: "));
      data.addAll(event.data);
      if (i == events.size() - 1 && id.isPresent()) {
        data.add(HttpData.ofUtf8("\nid: " + id.get()));
      }
      data.add(END);
      counters.eventSent();
    }
    outlet.write(data);
  }

  private void awaitTaken() {
    busy = true;
    outlet.whenTaken().whenComplete((_, _) -> whenTaken.accept(this));
  }

  /// The reader has taken the last batch: it may have the next.
  void taken(Revision revision, boolean stale) {
    busy = false;
    pump(revision, stale);
  }

  /// Shows an idle connection that it is alive.
  void keepAlive() {
    if (!busy && !closed) {
      outlet.write(List.of(COMMENT));
      awaitTaken();
    }
  }

  void close(long nowNanos) {
    if (!closed) {
      closed = true;
      watched.forEach(each -> each.view.leave(nowNanos));
      outlet.close();
    }
  }
}
