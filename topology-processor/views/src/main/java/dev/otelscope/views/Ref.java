package dev.otelscope.views;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.EntityId;

/// Points at a node of some view, with enough to write it down.
///
/// @param view the one in which it is a node, empty when it is none anywhere (an address behind the
///   Internet)
public record Ref(
    String view, EntityId id, String label, String sublabel, String kind, boolean pseudo) {
  public Ref {
    requireNonNull(view, "view");
    requireNonNull(id, "id");
    requireNonNull(label, "label");
    requireNonNull(sublabel, "sublabel");
    requireNonNull(kind, "kind");
  }

  public static Ref to(String view, ViewNode node) {
    return new Ref(view, node.id(), node.label(), node.sublabel(), node.kind(), node.pseudo());
  }
}
