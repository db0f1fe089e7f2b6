package dev.otelscope.engine.flow;

import dev.otelscope.engine.join.EdgePart;
import java.util.List;

/// What a flow adds to the graph from now on, in place of what it added before.
///
/// @param flow its identity; nothing else about it is for the reader
/// @param ended whether it is gone for good: then `parts` is empty, and what it counted stays in
///   its edges for as long as they live by others
public record FlowResult(Flow flow, List<EdgePart> parts, boolean ended) {
  public FlowResult {
    parts = List.copyOf(parts);
  }
}
