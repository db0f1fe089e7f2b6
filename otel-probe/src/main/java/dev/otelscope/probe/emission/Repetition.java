package dev.otelscope.probe.emission;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/// Which of the things that come and go are to be said: what is new or has changed, and what was
/// said long ago. For one thread, in turns: [#begin], [#isDue] of each thing that is there, [#end].
///
/// @param <K> what things are known by
/// @param <V> what is said of them
final class Repetition<K, V> {
  private static final class Said<V> {
    private V state;
    private long saidNanos;
    private long turn;

    private Said(V state) {
      this.state = state;
    }
  }

  private final Map<K, Said<V>> said = new HashMap<>();
  private long turn;
  private long nowNanos;
  private long dueBeforeNanos;

  /// @param dueBefore what was said last before this is due
  void begin(long now, long dueBefore) {
    turn++;
    nowNanos = now;
    dueBeforeNanos = dueBefore;
  }

  /// Whether this is to be said now, which is taken as done.
  boolean isDue(K key, V state) {
    Said<V> one = said.get(key);
    boolean due = one == null || !one.state.equals(state) || one.saidNanos < dueBeforeNanos;
    if (one == null) {
      one = new Said<>(state);
      said.put(key, one);
    }
    one.turn = turn;
    if (due) {
      one.state = state;
      one.saidNanos = nowNanos;
    }
    return due;
  }

  /// Forgets what was not there in this turn.
  ///
  /// @param gone told of each, with its last state
  void end(BiConsumer<? super K, ? super V> gone) {
    said.entrySet()
        .removeIf(entry -> {
          Said<V> one = entry.getValue();
          if (one.turn == turn) {
            return false;
          }
          gone.accept(entry.getKey(), one.state);
          return true;
        });
  }
}
