package dev.otelscope.views;

import dev.otelscope.model.EntityId;

/// The nodes at which an entity's connections end in one view.
///
/// @param asClient the node of those that it opened
/// @param asServer the node of those that it accepted; another one only for the Internet
/// @param member whether the node is there for its sake, with or without connections
record Spot(EntityId asClient, EntityId asServer, boolean member) {

  static Spot member(EntityId node) {
    return new Spot(node, node, true);
  }

  static Spot outside(EntityId node) {
    return new Spot(node, node, false);
  }
}
