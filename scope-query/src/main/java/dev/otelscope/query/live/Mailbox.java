package dev.otelscope.query.live;

import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.GraphSubscriber;
import dev.otelscope.model.Revision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the graph's publisher leaves changes for the views' thread. Changes that wait are merged
/// into one, so it never holds more than one delta, however slow the reader is.
final class Mailbox implements GraphSubscriber {
  private final Runnable notice;
  private @Nullable Letter letter;

  record Letter(GraphDelta delta, GraphSnapshot snapshot) {}

  /// @param notice called on the publisher's thread when there is something after there was nothing
  Mailbox(Runnable notice) {
    this.notice = notice;
  }

  @Override
  public void onChange(GraphDelta delta, GraphSnapshot snapshot) {
    boolean wasEmpty;
    synchronized (this) {
      Letter waiting = letter;
      wasEmpty = waiting == null;
      GraphDelta all =
          waiting == null || delta.base().equals(Revision.NONE) ? delta : waiting.delta.then(delta);
      letter = new Letter(all, snapshot);
    }
    if (wasEmpty) {
      notice.run();
    }
  }

  synchronized Optional<Letter> take() {
    Optional<Letter> taken = Optional.ofNullable(letter);
    letter = null;
    return taken;
  }
}
