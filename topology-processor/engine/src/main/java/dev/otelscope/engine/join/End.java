package dev.otelscope.engine.join;

import dev.otelscope.model.EntityId;
import dev.otelscope.model.Pairing;

/// Who is at one end of a flow, and how sure that is.
record End(EntityId entity, Pairing pairing) {
  static End exact(EntityId entity) {
    return new End(entity, Pairing.EXACT);
  }
}
