package dev.otelscope.views;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.Measurement;
import dev.otelscope.model.MetricNames;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;

/// Whether something runs, in the words of container runtimes. What says nothing about it runs, for
/// else it would not be in the graph.
public final class RunState {
  private static final String RUNNING = "running";
  private static final Set<String> STOPPED =
      Set.of("configured", "created", "dead", "exited", "removing", "stopped");

  private static final Comparator<Measurement> LATEST =
      Comparator.comparing(Measurement::time).thenComparing(RunState::word);

  private RunState() {}

  /// What a container said last of its state; a state that it has left stays among its
  /// measurements.
  public static String of(Entity entity) {
    return entity.id().isOf(EntityType.CONTAINER)
        ? entity.measurements().values().stream()
            .filter(it -> it.metric().equals(MetricNames.CONTAINER_STATE) && it.value() > 0)
            .max(LATEST)
            .map(RunState::word)
            .orElse(RUNNING)
        : RUNNING;
  }

  private static String word(Measurement state) {
    return state.attributes().getOrDefault(AttributeNames.STATE, RUNNING);
  }

  /// What several are together: one that runs counts most, then one that is not stopped.
  static String ofAll(Collection<String> states) {
    return states.contains(RUNNING)
        ? RUNNING
        : states.stream()
            .min(Comparator.comparing(RunState::isStopped).thenComparing(Comparator.naturalOrder()))
            .orElse("");
  }

  static boolean isStopped(String state) {
    return STOPPED.contains(state);
  }
}
