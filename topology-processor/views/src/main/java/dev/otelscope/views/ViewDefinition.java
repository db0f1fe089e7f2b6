package dev.otelscope.views;

import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import java.util.List;
import java.util.Optional;

/// A way to look at the graph: which entities make one node, and how that node presents itself.
///
/// Both [#place] and [#draw] are pure functions of their arguments. That is what lets a view follow
/// changes one by one and still be the same as one made from scratch. What no definition places
/// (addresses, connections without a process) is placed by [Outside] alike in all views.
public interface ViewDefinition {

  /// The heading under which a view is listed.
  enum Group {
    RUNTIME,
    KUBERNETES
  }

  /// Lower-case words joined by `-`; part of URLs.
  String id();

  String label();

  Group group();

  /// The id of the view below which this one is listed.
  default Optional<String> parent() {
    return Optional.empty();
  }

  /// Whether there is something of it on every machine. Such a view is listed before anything is
  /// known; any other as long as something is in it besides pseudo nodes.
  default boolean isUniversal() {
    return false;
  }

  /// The options that make sense here, in the order in which they are offered.
  List<ViewOption> options();

  /// Where an entity is in this view.
  Place place(Entity entity, Surroundings surroundings);

  /// What the node looks like. The members may be none when only connections lead to the node, as
  /// to a host that has not yet said anything about itself.
  ///
  /// @return a node with this id; its mark for an edge to itself is set by the caller
  ViewNode draw(EntityId node, Members members, Surroundings surroundings);
}
