package dev.otelscope.views;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.EntityId;

/// Where an entity is in a view.
public sealed interface Place {

  /// It is one of those that the node stands for.
  record Member(EntityId node) implements Place {
    public Member {
      requireNonNull(node, "node");
    }
  }

  /// Its connections are the node's, but it is not what the node counts: a process in the view of
  /// hosts.
  record Through(EntityId node) implements Place {
    public Through {
      requireNonNull(node, "node");
    }
  }

  /// The view has no node for it; its connections, if it has any, end at a pseudo node.
  record Elsewhere() implements Place {}
}
