package dev.otelscope.probe.tracking;

import dev.otelscope.model.Cidr;
import dev.otelscope.model.IpAddress;
import dev.otelscope.probe.connection.ClosedSocket;
import dev.otelscope.probe.connection.ConnectionListener;
import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.ListeningSocket;
import dev.otelscope.probe.connection.PastConnections;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.connection.Translation;
import dev.otelscope.probe.connection.Translations;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.SocketOwners;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes series of what scans find: every connection is counted once, in the series of whoever owns
/// its socket, however scans and close events overlap. Has no clock and no thread; used by one.
public final class ConnectionTracker {
  /*
   * A scan, in order
   *   1. The source tells sockets, listeners and close events; figures are noted, nothing is counted.
   *   2. Owners are looked up for sockets met for the first time, and what is translated between
   *      them and their other ends.
   *   3. Both ends of a connection find each other, then roles are decided.
   *   4. A socket whose series is clear joins it. One that still lacks something waits for the next
   *      scan, then takes what is known: a series that changes its mind must end and begin anew.
   *   5. Everything new is counted; what ended long enough ago is forgotten.
   *
   * Who is looked at
   *   A scan tells only what is new or has changed, so most sockets sleep. Awake are those that it
   *   told, those that still lack something, those that ended and are not forgotten, and what may fall
   *   silent. When a fact changes that concerns all (what is local, what is translated), all wake up.
   *
   * Forgetting
   *   An ended socket stays for some scans, so that a late event finds it (and does not pass for
   *   a connection of its own), and so that its other end finds it. Once both ends have ended and are
   *   counted, nothing more is to come of either.
   */
  private static final int SCANS_TO_REMEMBER = 5;
  private static final int SCANS_TO_REMEMBER_NAMESPACE = 30;

  private final TrackingRules rules;
  private final SocketOwners owners;
  private final Translations translations;
  private final HostAddresses addresses = new HostAddresses();
  private final ListenerTable listenerTable = new ListenerTable();
  private final RoleRules roles;
  private final SocketRegister sockets;
  private final ListenerCount listenerCount;
  private final SeriesBook book;
  private final Sampler sampler;
  private final PastCounter pastCounter;
  private final Map<String, Long> namespaceScans = new HashMap<>();
  private final Map<String, Long> lost = new TreeMap<>();
  private Reaches reaches;
  private boolean reachesChanged;
  private @Nullable Tier tier;
  private boolean firstScanOfTier;
  private long scan;

  public ConnectionTracker(SocketOwners owners, Translations translations, TrackingRules rules) {
    this.rules = rules;
    this.owners = owners;
    this.translations = translations;
    this.roles = new RoleRules(listenerTable, addresses, rules.ephemeralPorts());
    this.sockets = new SocketRegister(addresses);
    this.listenerCount = new ListenerCount(listenerTable, addresses, owners);
    this.reaches = rules.reaches();
    this.book = new SeriesBook(rules.seriesLimit());
    this.sampler = new Sampler(translations);
    this.pastCounter = new PastCounter(book, translations, sampler);
  }

  /// Asks the source once, and counts what it tells. When the source is of another tier than the
  /// last one, connections are recognised by their addresses and go on.
  ///
  /// @param nowNanos of a clock that never goes back
  /// @throws IOException when the source has stopped working; what it told before that is counted
  ///   by the next scan
  public void scan(ConnectionSource source, long nowNanos) throws IOException {
    scan++;
    firstScanOfTier = tier != source.tier();
    tier = source.tier();
    listenerTable.advance();
    source.scan(new Hearing(nowNanos));
    if (translations.refresh(nowNanos, this::addLost)) {
      sockets.forEach(this::wakeUntranslated);
    }
    pastCounter.settle(reaches, nowNanos);
    settle(nowNanos);
    source.tellSingly(translations.servers());
  }

  /// Every series that has not been forgotten.
  public Collection<Series> series() {
    return book.all();
  }

  /// Forgets a series that is idle.
  public void forget(Series ended) {
    book.forget(ended);
  }

  /// How many sockets listened where at the last scan. One bound to all addresses is there once per
  /// address of its namespace, or with the unspecified address while none is known.
  public Map<ListenerKey, Integer> listeners() {
    return listenerCount.counts();
  }

  /// What could not be seen, by reason, since the beginning.
  public Map<String, Long> lost() {
    return Collections.unmodifiableMap(lost);
  }

  /// Tells the tracker which addresses the interfaces of a namespace have.
  public void addressesOf(String namespace, Set<IpAddress> present) {
    addresses.interfacesOf(namespace, present);
  }

  /// Tells the tracker which networks every host has for itself, from the next scan on. Connections
  /// whose addresses mean something else now go on in other series.
  public void localNetworks(Set<Cidr> present) {
    Reaches next = new Reaches(present);
    reachesChanged |= !next.equals(reaches);
    reaches = next;
  }

  /// Whether the source looks into this network namespace.
  public boolean looksInto(String namespace) {
    return namespaceScans.containsKey(namespace);
  }

  private void settle(long nowNanos) {
    List<TrackedSocket> unsettled = unsettled();
    findOwners(unsettled);
    unsettled.forEach(this::findOtherEnd);
    for (TrackedSocket socket : unsettled) {
      if (socket.role == Role.UNKNOWN) {
        socket.role = roles.roleOf(socket);
      }
    }
    for (TrackedSocket socket : unsettled) {
      if (mayJoin(socket)) {
        join(socket, nowNanos);
        if (socket.peer != null && socket.peer.isInSeries()) {
          join(socket.peer, nowNanos);
        }
      }
    }
    followReaches(nowNanos);
    listenerCount.count();
    account(nowNanos);
    rest(nowNanos);
    forgetNamespaces();
  }

  private void followReaches(long nowNanos) {
    if (reachesChanged) {
      reachesChanged = false;
      sockets.forEach(socket -> {
        if (socket.isInSeries() && !socket.isEnded()) {
          join(socket, nowNanos);
        }
      });
    }
  }

  /// Those that lack something which may still become known.
  private List<TrackedSocket> unsettled() {
    List<TrackedSocket> unsettled = new ArrayList<>();
    for (TrackedSocket socket : sockets.awake()) {
      if (socket.countableScan == 0 && socket.isCountable()) {
        socket.countableScan = scan;
      }
      boolean mayImprove = !socket.isEnded() && !isClear(socket);
      if (translate(socket) || !socket.isInSeries() || mayImprove) {
        unsettled.add(socket);
      }
    }
    return unsettled;
  }

  /// Whether it has just become known that something translates its addresses.
  private boolean translate(TrackedSocket socket) {
    if (translations.isEmpty() || socket.translation != null || isSettledAndEnded(socket)) {
      return false;
    }
    Optional<Translation> found = translations.of(socket.namespace, socket.tuple);
    found.ifPresent(translation -> socket.translation = translation);
    return found.isPresent();
  }

  private static boolean isSettledAndEnded(TrackedSocket socket) {
    return socket.isEnded() && socket.isInSeries();
  }

  /// Asks for all, lets the owners look once, and asks again.
  private void findOwners(List<TrackedSocket> unsettled) {
    unsettled.forEach(this::findOwner);
    listenerCount.askForOwners();
    owners.refresh();
    unsettled.forEach(this::findOwner);
  }

  private void findOwner(TrackedSocket socket) {
    boolean open = socket.inode() != 0 && !socket.isEnded();
    if (open && !(socket.owner instanceof LocalEntity.OfProcess)) {
      Optional<ProcessIdentity> process = owners.ownerOf(socket.inode());
      if (process.isPresent()) {
        socket.owner = new LocalEntity.OfProcess(process.get());
      }
    }
  }

  private void findOtherEnd(TrackedSocket socket) {
    if (socket.peer == null && socket.isEstablished() && mayBePaired(socket)) {
      sockets.otherEndOf(socket).ifPresent(socket::pairWith);
    }
  }

  private boolean mayBePaired(TrackedSocket socket) {
    IpAddress there = socket.otherEnd().localAddress();
    return !addresses.namespacesOf(there, socket.namespace).isEmpty();
  }

  private boolean mayJoin(TrackedSocket socket) {
    if (!socket.isCountable()) {
      return false;
    }
    boolean waited = scan > socket.countableScan || !rules.mayWait();
    return waited || isClear(socket);
  }

  private boolean isClear(TrackedSocket socket) {
    TrackedSocket peer = socket.peer;
    boolean otherEndClear = peer == null ? !mayBePaired(socket) : peer.owner != null;
    boolean ownerClear =
        socket.owner instanceof LocalEntity.OfProcess || (socket.owner != null && socket.isEnded());
    return ownerClear && otherEndClear && (socket.role != Role.UNKNOWN || !socket.isEstablished());
  }

  private void join(TrackedSocket socket, long nowNanos) {
    SeriesKey key = keyOf(socket);
    if (!key.equals(socket.key)) {
      socket.account(nowNanos);
      Series series = book.seriesOf(key, socket.namespace, nowNanos);
      socket.key = series.key().equals(key) ? series.key() : key; // one object for all of a series
      sockets.wake(socket);
      socket.moveTo(series, nowNanos);
      if (sampler.samples(series)) {
        socket.sampleBy(sampler.hashOf(socket.atServer()));
      }
    }
  }

  private SeriesKey keyOf(TrackedSocket socket) {
    SocketTuple tuple = socket.tuple;
    int port = socket.role == Role.SERVER ? tuple.localPort() : tuple.remotePort();
    boolean meaningless =
        port == 0 || (socket.role == Role.UNKNOWN && rules.ephemeralPorts().contains(port));
    return SeriesKey.of(
        settledOwner(socket),
        socket.role,
        tuple,
        socket.otherEnd(),
        !meaningless,
        Optional.ofNullable(socket.peer).map(this::settledOwner),
        reaches);
  }

  private LocalEntity settledOwner(TrackedSocket socket) {
    LocalEntity owner = socket.owner;
    if (owner == null) {
      owner = new LocalEntity.Unattributed(socket.namespace);
      socket.owner = owner;
    }
    return owner;
  }

  private void account(long nowNanos) {
    for (TrackedSocket socket : sockets.awake()) {
      socket.account(nowNanos);
      if (socket.peer != null) {
        socket.peer.account(nowNanos); // which received what this one has sent
      }
    }
    if (book.isAnyIncompletelySampled()) {
      sockets.forEach(TrackedSocket::offerAgain);
      book.setAllCompletelySampled();
    }
  }

  /// Forgets who is over, and lets those sleep who have everything.
  private void rest(long nowNanos) {
    sockets.keepAwake(socket -> {
      if (isOver(socket)) {
        forget(socket, nowNanos);
        return false;
      }
      return socket.isEnded() || !socket.isInSeries() || !isClear(socket) || socket.mayFallSilent();
    });
  }

  private boolean isOver(TrackedSocket socket) {
    TrackedSocket peer = socket.peer;
    boolean bothSettled = peer != null && isSettledAndEnded(peer) && isSettledAndEnded(socket);
    return bothSettled || (socket.isEnded() && scan - socket.endScan >= SCANS_TO_REMEMBER);
  }

  private void wakeUntranslated(TrackedSocket socket) {
    if (socket.translation == null) {
      sockets.wake(socket);
    }
  }

  private void forget(TrackedSocket socket, long nowNanos) {
    socket.leave(nowNanos);
    sockets.remove(socket);
  }

  private void addLost(String reason, long count) {
    lost.merge(reason, count, Long::sum);
  }

  private void forgetNamespaces() {
    namespaceScans
        .entrySet()
        .removeIf(entry -> {
          boolean old = scan - entry.getValue() >= SCANS_TO_REMEMBER_NAMESPACE;
          if (old) {
            addresses.forget(entry.getKey());
          }
          return old;
        });
  }

  /// What the source says during one scan.
  private final class Hearing implements ConnectionListener {
    private final long nowNanos;
    private String namespace = "";
    private LocalEntity.@Nullable OfProcess lastOwner;

    private Hearing(long nowNanos) {
      this.nowNanos = nowNanos;
    }

    @Override
    public void namespace(String name) {
      namespace = name;
      namespaceScans.put(name, scan);
    }

    @Override
    public void open(Socket socket) {
      TrackedSocket tracked = find(socket.cookie(), socket::tuple);
      if (tracked == null) {
        tracked =
            new TrackedSocket(namespace, socket.tuple(), socket.cookie(), firstScanOfTier, socket);
        add(tracked);
      }
      tracked.seen(socket, nowNanos);
      own(tracked, socket.process());
      sockets.wake(tracked);
    }

    @Override
    public void listening(ListeningSocket socket) {
      listenerTable.add(namespace, socket);
      addresses.add(namespace, socket.address());
    }

    @Override
    public void closed(ClosedSocket socket) {
      TrackedSocket tracked = find(socket.cookie(), socket::tuple);
      if (tracked == null) {
        if (socket.established() ? firstScanOfTier : socket.remoteAddress().isUnspecified()) {
          return; // it was open before the probe came, or it never went anywhere
        }
        tracked = new TrackedSocket(namespace, socket.tuple(), socket.cookie(), false, null);
        tracked.owner = LocalEntity.of(socket.process(), namespace);
        add(tracked);
      }
      own(tracked, socket.process());
      tracked.closed(socket, scan);
      sockets.wake(tracked);
    }

    /// Needs no record of its own: everything about these connections is known and over.
    @Override
    public void past(PastConnections past) {
      pastCounter.count(namespace, past, reaches, nowNanos);
      addresses.add(namespace, past.localAddress());
    }

    @Override
    public void lost(String reason, long count) {
      addLost(reason, count);
    }

    /// Whoever was found first keeps it.
    private void own(TrackedSocket tracked, Optional<ProcessIdentity> process) {
      if (process.isPresent() && !(tracked.owner instanceof LocalEntity.OfProcess)) {
        tracked.owner = entityOf(process.get());
      }
    }

    /// One object for all sockets of a process: they come one after the other.
    private LocalEntity entityOf(ProcessIdentity process) {
      LocalEntity.OfProcess last = lastOwner;
      if (last == null || !last.identity().equals(process)) {
        last = new LocalEntity.OfProcess(process);
        lastOwner = last;
      }
      return last;
    }

    /// By its number; when another tier has taken over, which has other numbers, by its addresses.
    private @Nullable TrackedSocket find(long cookie, Supplier<SocketTuple> tuple) {
      TrackedSocket known = sockets.find(namespace, cookie);
      if (known != null || !firstScanOfTier) {
        return known;
      }
      Optional<TrackedSocket> same = sockets.find(namespace, tuple.get());
      same.ifPresent(socket -> sockets.renumber(socket, cookie));
      return same.orElse(null);
    }

    private void add(TrackedSocket socket) {
      sockets.add(socket);
      addresses.add(namespace, socket.tuple.localAddress());
    }
  }
}
