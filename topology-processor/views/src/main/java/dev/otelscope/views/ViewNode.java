package dev.otelscope.views;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.EntityId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A node as it is shown.
///
/// @param label what people call it
/// @param sublabel tells it from others of that label
/// @param kind chooses its shape, such as `process`
/// @param count how many entities it stands for
/// @param group name of the hull it is drawn in, empty for none
/// @param state such as `running`, empty when it has none
/// @param rank what it is coloured and laid out by; equal for equal things
/// @param attributes the few that help to recognise it
/// @param metrics by name; one that is not known is left out
/// @param parents the nodes of coarser views that it is part of
/// @param selfEdge whether what it stands for talks among itself
/// @param pseudo whether it stands for no entity of ours
/// @param system whether it observes rather than works
/// @param stale whether nothing is heard of it any more
public record ViewNode(
    EntityId id,
    String label,
    String sublabel,
    String kind,
    int count,
    String group,
    String state,
    String rank,
    SortedMap<String, String> attributes,
    SortedMap<String, Double> metrics,
    List<Ref> parents,
    boolean selfEdge,
    boolean pseudo,
    boolean system,
    boolean stale) {

  public ViewNode {
    requireNonNull(id, "id");
    requireNonNull(label, "label");
    requireNonNull(sublabel, "sublabel");
    requireNonNull(kind, "kind");
    requireNonNull(group, "group");
    requireNonNull(state, "state");
    requireNonNull(rank, "rank");
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    parents = List.copyOf(parents);
  }

  /// A node that stands for entities of ours.
  public static ViewNode of(
      EntityId id,
      String kind,
      String label,
      String sublabel,
      String group,
      Map<String, String> attributes,
      List<Ref> parents,
      Members members) {
    return new ViewNode(
        id,
        label,
        sublabel,
        kind,
        members.count(),
        group,
        members.state(),
        label,
        new TreeMap<>(attributes),
        members.metrics(),
        parents,
        false,
        false,
        members.areSystem(),
        members.areStale());
  }

  /// A node that stands for `count` ends of connections that are no entities of ours.
  static ViewNode pseudo(
      EntityId id, String kind, String label, String sublabel, String group, int count) {
    return new ViewNode(
        id,
        label,
        sublabel,
        kind,
        count,
        group,
        "",
        label,
        Collections.emptySortedMap(),
        Collections.emptySortedMap(),
        List.of(),
        false,
        true,
        false,
        false);
  }

  /// One thing, whatever it is made of, that is coloured and laid out like others of this rank.
  public ViewNode asOne(String sharedRank) {
    return new ViewNode(
        id,
        label,
        sublabel,
        kind,
        1,
        group,
        state,
        sharedRank,
        attributes,
        metrics,
        parents,
        selfEdge,
        pseudo,
        system,
        stale);
  }

  /// Whether nothing that it stands for runs any more, or yet.
  boolean isStopped() {
    return RunState.isStopped(state);
  }

  ViewNode withSelfEdge() {
    return new ViewNode(
        id,
        label,
        sublabel,
        kind,
        count,
        group,
        state,
        rank,
        attributes,
        metrics,
        parents,
        true,
        pseudo,
        system,
        stale);
  }
}
