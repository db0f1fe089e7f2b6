package dev.otelscope.query.live;

import dev.otelscope.model.Revision;
import dev.otelscope.views.ViewDelta;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The last changes of one view, so that who missed some need not begin anew. Not thread-safe.
final class DeltaHistory {
  /*
   * A view has the revision of the graph at which it last changed, so the revisions in here have
   * gaps: with changes at 41 and 44, someone who saw 43 has seen all of 41.
   *
   *   deltas   k3x9:38 -> k3x9:41, k3x9:41 -> k3x9:44, k3x9:44 -> p0aa:1
   *
   * The last is what a restarted processor leaves: the way from the one epoch to the other.
   *
   * Memory: at most 128 deltas, and at most 100,000 nodes and edges in them (or one delta).
   */
  private static final int MAX_DELTAS = 128;
  private static final int MAX_CHANGES = 100_000;

  private final Deque<ViewDelta> deltas = new ArrayDeque<>();
  private Revision latest;
  private int changes;

  /// @param start revision of the view when the history begins
  DeltaHistory(Revision start) {
    latest = start;
  }

  void add(ViewDelta delta) {
    deltas.addLast(delta);
    latest = delta.next();
    changes += sizeOf(delta);
    while (deltas.size() > 1 && (deltas.size() > MAX_DELTAS || changes > MAX_CHANGES)) {
      changes -= sizeOf(deltas.removeFirst());
    }
  }

  private static int sizeOf(ViewDelta delta) {
    return delta.nodes().size() + delta.edges().size();
  }

  /// What changed after `seen`, a revision of the graph, oldest first.
  ///
  /// @return empty when it is not known what the view was at that revision
  Optional<List<ViewDelta>> since(Revision seen) {
    List<ViewDelta> after = new ArrayList<>();
    Revision at = latest;
    Iterator<ViewDelta> backwards = deltas.descendingIterator();
    while (!covers(at, seen)) {
      if (!backwards.hasNext()) {
        return Optional.empty();
      }
      ViewDelta delta = backwards.next();
      after.add(delta);
      at = delta.base();
    }
    Collections.reverse(after);
    return Optional.of(after);
  }

  private static boolean covers(Revision viewRevision, Revision seen) {
    return viewRevision.epoch().equals(seen.epoch()) && viewRevision.number() <= seen.number();
  }
}
