package dev.otelscope.probe.connection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Keeps what scans tell, for tests to look at.
public final class Recorder implements ConnectionListener {
  /// Something told, and where.
  record Told<T>(String namespace, T what) {}

  private final Map<Long, Told<Socket>> open = new LinkedHashMap<>(); // by cookie
  private final List<Told<ListeningSocket>> listening = new ArrayList<>();
  private final List<Told<ClosedSocket>> closed = new ArrayList<>();
  private final List<Told<PastConnections>> past = new ArrayList<>();
  private final Map<String, Long> lost = new LinkedHashMap<>();
  private String namespace = "";
  private int openTold;

  /// Scans once. What is open stays until its end is told, listening sockets are those of the last
  /// scan, what closed adds up.
  public void scan(ConnectionSource source) throws Exception {
    listening.clear();
    source.scan(this);
  }

  /// How often an open socket was told, in all scans.
  int openTold() {
    return openTold;
  }

  public List<Socket> open(String inNamespace) {
    return only(open.values(), inNamespace);
  }

  /// The open socket with this local port.
  Socket open(String inNamespace, int localPort) {
    return one(open(inNamespace), socket -> socket.localPort() == localPort, "open " + localPort);
  }

  public List<ListeningSocket> listening(String inNamespace) {
    return only(listening, inNamespace);
  }

  ListeningSocket listening(String inNamespace, int port) {
    return one(listening(inNamespace), socket -> socket.port() == port, "listening at " + port);
  }

  public List<ClosedSocket> closed(String inNamespace) {
    return only(closed, inNamespace);
  }

  /// Those of all scans.
  List<PastConnections> past(String inNamespace) {
    return only(past, inNamespace);
  }

  /// How many ends of connections were told, in either way.
  public long ended(String inNamespace) {
    return closed(inNamespace).size()
        + past(inNamespace).stream().mapToLong(past -> past.opened() + past.failed()).sum();
  }

  Map<String, Long> lost() {
    return lost;
  }

  @Override
  public void namespace(String next) {
    namespace = next;
  }

  @Override
  public void open(Socket socket) {
    openTold++;
    open.put(socket.cookie(), new Told<>(namespace, socket));
  }

  @Override
  public void listening(ListeningSocket socket) {
    listening.add(new Told<>(namespace, socket));
  }

  @Override
  public void closed(ClosedSocket socket) {
    closed.add(new Told<>(namespace, socket));
    open.remove(socket.cookie());
  }

  @Override
  public void past(PastConnections connections) {
    past.add(new Told<>(namespace, connections));
  }

  @Override
  public void lost(String reason, long count) {
    lost.merge(reason, count, Long::sum);
  }

  private static <T> List<T> only(Collection<Told<T>> told, String namespace) {
    return told.stream()
        .filter(each -> each.namespace().equals(namespace))
        .map(Told::what)
        .toList();
  }

  private static <T> T one(List<T> all, Predicate<T> wanted, String what) {
    List<T> found = all.stream().filter(wanted).toList();
    if (found.size() != 1) {
      throw new AssertionError("expected one socket " + what + ", told were " + all);
    }
    return found.getFirst();
  }
}
