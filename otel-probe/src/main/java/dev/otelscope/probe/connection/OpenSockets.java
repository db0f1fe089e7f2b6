package dev.otelscope.probe.connection;

import dev.otelscope.model.Transport;
import dev.otelscope.probe.primitive.LongMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The sockets of one network namespace that a source told open and has not told closed. Every
/// source keeps one for each namespace: it is what makes "closed is told once" true whatever the
/// kernel does. Not thread-safe.
///
/// A key is how the source recognizes a socket: the cookie where the kernel tells it, else
/// something made from its addresses.
public final class OpenSockets {
  /*
   * Life of an entry
   *   open    A scan met the socket. While nothing about it changes, the same Socket object stays.
   *   missed  A scan did not meet it. One miss proves nothing: tables that change while the kernel
   *           walks them can lack a socket, and the event that says why it is gone is sent from a work
   *           queue, after the socket has left the tables.
   *   ended   Missed twice and told closed, with the figures of the last scan. A source that hears
   *           events keeps it, because the event can come hours later: a connection that was reset
   *           leaves the kernel's tables at once, but its socket lives until the program closes it.
   *   An event ends an entry in any of these, and removes it; an ended one is not told again. A scan
   *   that meets only what has changed misses nothing of the others.
   *
   * Memory
   *   One entry and one Socket for each open socket; those of UDP are in a second table, too, so that
   *   a scan which meets only the connections that have changed need not look at the others. Ended
   *   entries are bounded: over the limit they are forgotten all at once, and a socket closed after that
   *   is told closed a second time.
   */
  private static final int PATIENCE = 1;
  private static final int ENDED_LIMIT = 65_536;

  private LongMap<Entry> entries = new LongMap<>();
  private LongMap<Entry> datagrams = new LongMap<>(); // those of UDP
  private final List<Entry> gone = new ArrayList<>();
  private int scan;
  private int lastOfChanges; // scan that met only the connections that had changed
  private int ended;

  /// Begins a scan.
  public void begin() {
    scan++;
  }

  /// The socket as it was told last; null when it is new, or was told closed.
  public @Nullable Socket known(long key) {
    Entry entry = entries.get(key);
    return entry == null || entry.ended ? null : entry.socket;
  }

  /// Notes that this scan met the socket.
  ///
  /// @param socket the same object as [#known] when nothing about it has changed
  /// @return whether it is to be told: not if it is as it was told last, and not if this scan met
  ///   it before, since a table that changes meanwhile can have a socket twice
  @SuppressWarnings("ReferenceEquality") // a source makes no equal one anew, see the parameter
  public boolean meet(long key, Socket socket) {
    Entry entry = entries.get(key);
    if (entry == null) {
      entry = new Entry(key, socket);
      add(entry);
    } else if (entry.ended) {
      entry.ended = false;
      entry.told = false;
      ended--;
    } else if (entry.seen == scan) {
      return false;
    }
    boolean news = !entry.told || entry.socket != socket;
    entry.socket = socket;
    entry.seen = scan;
    entry.told = true;
    return news;
  }

  /// Tells that another socket took the place of the one with this key, and forgets the former.
  public void replaced(long key, ConnectionListener listener) {
    Entry entry = entries.get(key);
    if (entry != null) {
      remove(entry);
      listener.closed(ClosedSocket.of(entry.socket));
    }
  }

  /// Tells that the kernel destroyed a socket, unless its end was told before.
  ///
  /// @param last what the event said; where an earlier scan knew more, that is told
  public void destroyed(long key, ClosedSocket last, ConnectionListener listener) {
    Entry entry = entries.get(key);
    if (entry == null) {
      listener.closed(last);
      return;
    }
    remove(entry);
    if (entry.ended) {
      ended--;
    } else {
      listener.closed(ClosedSocket.of(entry.socket, last));
    }
  }

  /// Whether a socket with this key was ever told open, and its destruction was not heard of.
  public boolean contains(long key) {
    return entries.get(key) != null;
  }

  /// Ends a scan: tells closed what has been missed too often.
  ///
  /// @param onlyChanges whether this scan met of TCP only what is new or has changed: the source
  ///   would have heard of the end of all others
  /// @param eventFollows whether the source may yet hear of the destruction of a socket that is
  ///   gone
  public void sweep(
      boolean onlyChanges, Predicate<Socket> eventFollows, ConnectionListener listener) {
    if (onlyChanges) {
      lastOfChanges = scan;
    }
    (onlyChanges ? datagrams : entries)
        .forEach(entry -> {
          if (!entry.ended && scan - lastNotMissed(entry) > PATIENCE) {
            gone.add(entry);
          }
        });
    for (Entry entry : gone) {
      listener.closed(ClosedSocket.of(entry.socket));
      if (eventFollows.test(entry.socket)) {
        entry.ended = true;
        ended++;
      } else {
        remove(entry);
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
    datagrams.clear();
    ended = 0;
  }

  /// Recognizes all sockets in another way from now on: another tier goes on where one has failed.
  public void rekey(ToLongFunction<Socket> key) {
    forgetEnded();
    LongMap<Entry> former = entries;
    entries = new LongMap<>();
    datagrams = new LongMap<>();
    former.forEach(entry -> {
      Entry same = new Entry(key.applyAsLong(entry.socket), entry.socket);
      same.seen = lastNotMissed(entry);
      add(same);
    });
  }

  /// Whether nothing is known here any more.
  boolean isForgotten() {
    return entries.size() == 0;
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
    gone.forEach(this::remove);
    gone.clear();
    ended = 0;
  }

  private int lastNotMissed(Entry entry) {
    return entry.isDatagrams() ? entry.seen : Math.max(entry.seen, lastOfChanges);
  }

  private void add(Entry entry) {
    entries.put(entry.key, entry);
    if (entry.isDatagrams()) {
      datagrams.put(entry.key, entry);
    }
  }

  private void remove(Entry entry) {
    entries.remove(entry.key);
    if (entry.isDatagrams()) {
      datagrams.remove(entry.key);
    }
  }

  private static final class Entry {
    private final long key;
    private Socket socket;
    private int seen;
    private boolean ended;
    private boolean told; // by the source that fills this now

    private Entry(long key, Socket socket) {
      this.key = key;
      this.socket = socket;
    }

    private boolean isDatagrams() {
      return socket.transport() == Transport.UDP;
    }
  }
}
