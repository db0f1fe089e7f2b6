package dev.otelscope.query.live;

import com.linecorp.armeria.common.HttpData;
import dev.otelscope.model.Revision;
import dev.otelscope.query.json.Json;
import dev.otelscope.query.json.ViewJson;
import dev.otelscope.views.Selection;
import dev.otelscope.views.ViewDelta;
import dev.otelscope.views.ViewSnapshot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A view under one choice of options, with what its viewers need to stay current. Everything that
/// viewers share is made once and kept until it changes. Belongs to the views' thread.
final class LiveView {
  private final String viewId;
  private final Selection selection;
  private final LiveCounters counters;
  private final DeltaHistory history;
  private @Nullable Written snapshot;
  private @Nullable Written caughtUp;
  private int viewers;
  private long lastUsedNanos;

  /// JSON without its first field: the body of an object that the reader's name of the view opens.
  ///
  /// @param base revision to which it applies; of a snapshot, its own
  /// @param revision of the view after it
  record Written(Revision base, Revision revision, HttpData fields) {}

  /// @param event its name in a stream
  record Update(String event, Written written) {}

  LiveView(String viewId, Selection selection, LiveCounters counters, long nowNanos) {
    this.viewId = viewId;
    this.selection = selection;
    this.counters = counters;
    this.lastUsedNanos = nowNanos;
    history = new DeltaHistory(selection.snapshot().revision());
  }

  Selection selection() {
    return selection;
  }

  ViewSnapshot current() {
    return selection.snapshot();
  }

  /// To be called after each change of the view's state.
  void changed() {
    selection.lastDelta().ifPresent(history::add);
  }

  /// The whole view.
  Written snapshot() {
    ViewSnapshot view = current();
    if (snapshot == null || !snapshot.revision.equals(view.revision())) {
      snapshot =
          new Written(
              view.revision(),
              view.revision(),
              Json.restOfObject(json -> ViewJson.snapshot(json, view)));
      counters.snapshotWritten();
    }
    return snapshot;
  }

  /// What leads from `seen` to the view as it is now; the whole view when that is no longer known.
  /// Viewers who saw the same get the same bytes.
  Update since(Revision seen) {
    Optional<List<ViewDelta>> missed = history.since(seen);
    if (missed.isEmpty()) {
      return new Update("snapshot", snapshot());
    }
    if (missed.get().isEmpty()) {
      throw new IllegalArgumentException(viewId + " did not change since " + seen);
    }
    return new Update("delta", written(missed.get()));
  }

  private Written written(List<ViewDelta> missed) {
    Revision base = missed.getFirst().base();
    Written last = caughtUp;
    boolean isCurrent = last != null && last.revision.equals(current().revision());
    if (last != null && isCurrent && last.base.equals(base)) {
      return last;
    }
    ViewDelta delta = missed.stream().reduce(ViewDelta::then).orElseThrow();
    Written written =
        new Written(base, delta.next(), Json.restOfObject(json -> ViewJson.delta(json, delta)));
    counters.deltaWritten();
    if (!isCurrent || missed.size() == 1) {
      caughtUp = written; // what most viewers need is not displaced by what a slow one missed
    }
    return written;
  }

  /// Whether a viewer who saw everything up to `revision` of the graph misses nothing.
  boolean isUpToDate(Revision revision) {
    return history.since(revision).filter(List::isEmpty).isPresent();
  }

  void join() {
    viewers++;
  }

  void leave(long nowNanos) {
    viewers--;
    lastUsedNanos = nowNanos;
  }

  void use(long nowNanos) {
    lastUsedNanos = nowNanos;
  }

  boolean hasViewers() {
    return viewers > 0;
  }

  boolean isIdleSince(long nanos) {
    return viewers == 0 && lastUsedNanos - nanos <= 0;
  }

  long lastUsedNanos() {
    return lastUsedNanos;
  }
}
