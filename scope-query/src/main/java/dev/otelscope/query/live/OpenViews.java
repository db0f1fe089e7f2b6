package dev.otelscope.query.live;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.views.Outside;
import dev.otelscope.views.Selector;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.ViewState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// The views that are kept current because somebody looks at them. The others cost nothing: they
/// are made from the graph when they are asked for, and given up a minute after the last look.
/// Belongs to the views' thread.
final class OpenViews {
  private static final long IDLE_NANOS = 60_000_000_000L;

  /// Bound on what searches for ever new words can occupy; beyond it the least recently used goes.
  static final int MAX_SELECTIONS = 256;

  private final List<ViewDefinition> catalogue;
  private final Outside outside;
  private final LiveCounters counters;
  private final Map<String, Opened> opened = new HashMap<>();
  private final Map<Key, LiveView> live = new HashMap<>();
  private GraphSnapshot graph = GraphSnapshot.EMPTY;

  private record Key(String view, Selector selector) {}

  private static final class Opened {
    private final ViewState state;
    private long lastUsedNanos;

    private Opened(ViewState state) {
      this.state = state;
    }
  }

  OpenViews(List<ViewDefinition> catalogue, Outside outside, LiveCounters counters) {
    this.catalogue = List.copyOf(catalogue);
    this.outside = outside;
    this.counters = counters;
  }

  List<ViewDefinition> catalogue() {
    return catalogue;
  }

  GraphSnapshot graph() {
    return graph;
  }

  void follow(GraphDelta delta, GraphSnapshot snapshot) {
    graph = snapshot;
    opened.values().forEach(view -> view.state.apply(delta, snapshot));
    live.values().forEach(LiveView::changed);
  }

  /// The whole view, nothing hidden.
  ViewState state(ViewDefinition view, long nowNanos) {
    Opened found =
        opened.computeIfAbsent(
            view.id(),
            _ -> {
              ViewState state = new ViewState(view, outside);
              state.apply(GraphDelta.between(GraphSnapshot.EMPTY, graph), graph);
              return new Opened(state);
            });
    found.lastUsedNanos = nowNanos;
    return found.state;
  }

  /// The view under these options.
  LiveView live(ViewDefinition view, Selector selector, long nowNanos) {
    ViewState state = state(view, nowNanos);
    Key key = new Key(view.id(), selector);
    LiveView found = live.get(key);
    if (found == null) {
      makeRoom();
      found = new LiveView(view.id(), state.select(selector), counters, nowNanos);
      live.put(key, found);
      counters.selections(1);
    }
    found.use(nowNanos);
    return found;
  }

  private void makeRoom() {
    if (live.size() >= MAX_SELECTIONS) {
      ToLongFunction<Map.Entry<Key, LiveView>> age = entry -> entry.getValue().lastUsedNanos();
      Optional<Map.Entry<Key, LiveView>> oldest =
          live.entrySet().stream()
              .filter(entry -> !entry.getValue().hasViewers())
              .min(Comparator.comparingLong(age));
      oldest.ifPresent(entry -> giveUp(entry.getKey()));
    }
  }

  /// Gives up what nobody has looked at for a minute.
  void giveUpIdle(long nowNanos) {
    long since = nowNanos - IDLE_NANOS;
    Predicate<LiveView> isIdle = view -> view.isIdleSince(since);
    live.entrySet().stream()
        .filter(entry -> isIdle.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::giveUp);
    opened
        .values()
        .removeIf(
            view -> view.lastUsedNanos - since <= 0 && !isLookedAt(view.state.definition().id()));
  }

  private boolean isLookedAt(String viewId) {
    return live.keySet().stream().anyMatch(key -> key.view.equals(viewId));
  }

  private void giveUp(Key key) {
    LiveView view = requireNonNull(live.remove(key));
    requireNonNull(opened.get(key.view)).state.drop(view.selection());
    counters.selections(-1);
  }
}
