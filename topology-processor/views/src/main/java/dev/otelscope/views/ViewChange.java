package dev.otelscope.views;

import dev.otelscope.model.EntityId;
import java.util.Set;

/// What one graph delta touched in a view: every node and edge that was added, removed or is drawn
/// otherwise than before.
record ViewChange(Set<EntityId> nodes, Set<EdgeId> edges) {}
