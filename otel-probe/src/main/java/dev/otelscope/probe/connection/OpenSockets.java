package dev.otelscope.probe.connection;

import dev.otelscope.probe.primitive.LongMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sockets of one network namespace that a source told open and has not told closed. Every
/// source keeps one for each namespace: it is what makes "closed is told once" true whatever the
/// kernel does. Not thread-safe.
public final class OpenSockets {
  /*
   * Life of an entry
   *   open    A scan met the socket. While nothing about it changes, the same Socket object stays.
   *   missed  A scan did not meet it. The kernel's event that says why may still be on its way: it is
   *           sent from a work queue, after the socket has left the tables. So a source that gets
   *           events waits for one more scan.
   *   ended   Told closed without an event, with the figures of the last scan. It is kept, because
   *           the event can come hours later: a connection that was reset leaves the kernel's tables
   *           at once, but its socket lives until the program closes the file.
   *   An event ends an entry in any of these, and removes it; an ended one is not told again.
   *
   * Memory
   *   One entry and one Socket for each open socket. Ended entries are bounded: over the limit they
   *   are forgotten all at once, and a socket closed after that is told closed a second time.
   */
  private static final int ENDED_LIMIT = 65_536;

  private final LongMap<Entry> entries = new LongMap<>();
  private final List<Entry> gone = new ArrayList<>();
  private int scan;
  private int ended;

  /// Begins a scan.
  public void begin() {
    scan++;
  }

  /// The socket as it was told last; null when it is new, or was told closed.
  public @Nullable Socket known(long cookie) {
    Entry entry = entries.get(cookie);
    return entry == null || entry.ended ? null : entry.socket;
  }

  /// Notes that this scan met the socket.
  public void meet(Socket socket) {
    Entry entry = entries.get(socket.cookie());
    if (entry == null) {
      entry = new Entry(socket);
      entries.put(socket.cookie(), entry);
    } else if (entry.ended) {
      entry.ended = false;
      ended--;
    }
    entry.socket = socket;
    entry.seen = scan;
  }

  /// Tells `listener` that the kernel destroyed a socket, unless that was told before.
  ///
  /// @param last what the event said; where an earlier scan knew more, that is told
  public void destroyed(ClosedSocket last, ConnectionListener listener) {
    Entry entry = entries.get(last.cookie());
    if (entry == null) {
      listener.closed(last);
      return;
    }
    entries.remove(last.cookie());
    if (entry.ended) {
      ended--;
    } else {
      listener.closed(ClosedSocket.of(entry.socket, last));
    }
  }

  /// Whether the kernel's event for this socket would be of interest although it says nothing of a
  /// peer.
  public boolean contains(long cookie) {
    return entries.get(cookie) != null;
  }

  /// Ends a scan: tells `listener` closed what has been missed too often.
  ///
  /// @param eventsFollow whether the source hears of destroyed sockets, and so may wait for that
  public void sweep(boolean eventsFollow, ConnectionListener listener) {
    int patience = eventsFollow ? 1 : 0;
    entries.forEach(entry -> {
      if (!entry.ended && scan - entry.seen > patience) {
        gone.add(entry);
      }
    });
    for (Entry entry : gone) {
      listener.closed(ClosedSocket.of(entry.socket));
      if (eventsFollow) {
        entry.ended = true;
        ended++;
      } else {
        entries.remove(entry.socket.cookie());
      }
    }
    gone.clear();
    if (ended > ENDED_LIMIT) {
      forgetEnded();
    }
  }

  /// Tells everything closed: the namespace is gone.
  public void closeAll(ConnectionListener listener) {
    entries.forEach(entry -> {
      if (!entry.ended) {
        listener.closed(ClosedSocket.of(entry.socket));
      }
    });
    entries.clear();
    ended = 0;
  }

  /// How many are open.
  public int size() {
    return entries.size() - ended;
  }

  private void forgetEnded() {
    entries.forEach(entry -> {
      if (entry.ended) {
        gone.add(entry);
      }
    });
    gone.forEach(entry -> entries.remove(entry.socket.cookie()));
    gone.clear();
    ended = 0;
  }

  private static final class Entry {
    private Socket socket;
    private int seen;
    private boolean ended;

    private Entry(Socket socket) {
      this.socket = socket;
    }
  }
}
