package dev.otelscope.probe.tracking;

import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.PastConnections;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.connection.Translation;
import dev.otelscope.probe.connection.Translations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Counts connections that are over, of which a source tells many at once, in their series.
final class PastCounter {
  /*
   * Translations
   *   They are told together, so nobody can say of each where it went; once it is known that a
   *   server's address is translated, its connections are told singly. Those before are few, and all
   *   their ports were told: what the kernel translated them to is asked for then, after the scan,
   *   when it is known. When all went to the same server, that is where they are counted; when not,
   *   at the address that was asked for.
   */
  private record Heard(String namespace, PastConnections past) {
    private SocketTuple tuple(int ephemeralPort) {
      boolean server = past.direction() == Socket.Direction.INBOUND;
      return new SocketTuple(
          Transport.TCP,
          past.localAddress(),
          server ? past.serverPort() : ephemeralPort,
          past.remoteAddress(),
          server ? ephemeralPort : past.serverPort());
    }
  }

  private static final int ANY_PORT = 0;

  private final SeriesBook book;
  private final Translations translations;
  private final Sampler sampler;
  private final List<Heard> waiting = new ArrayList<>();

  PastCounter(SeriesBook book, Translations translations, Sampler sampler) {
    this.book = book;
    this.translations = translations;
    this.sampler = sampler;
  }

  /// Counts them, unless they wait for [#settle].
  void count(String namespace, PastConnections past, Reaches reaches, long nowNanos) {
    Heard heard = new Heard(namespace, past);
    if (isEachKnown(past)) {
      waiting.add(heard);
    } else {
      count(heard, heard.tuple(ANY_PORT).reversed(), reaches, nowNanos);
    }
  }

  /// Counts those that waited until translations were known.
  void settle(Reaches reaches, long nowNanos) {
    for (Heard heard : waiting) {
      SocketTuple untranslated = heard.tuple(ANY_PORT).reversed();
      count(heard, translated(heard).orElse(untranslated), reaches, nowNanos);
    }
    waiting.clear();
  }

  /// Whether the port of every single one was told, and nothing says yet who is at the other end.
  private static boolean isEachKnown(PastConnections past) {
    return past.otherEnd().isEmpty()
        && past.failed() == 0
        && past.opened() > 0
        && past.opened() == past.sampledPorts().size();
  }

  /// What the sockets at the other end have, but for an ephemeral port; empty when nothing
  /// translates them, or not all in the same way.
  private Optional<SocketTuple> translated(Heard heard) {
    if (translations.isEmpty()) {
      return Optional.empty();
    }
    List<SocketTuple> ends =
        heard.past().sampledPorts().stream()
            .flatMap(port -> otherEnd(heard, port).stream())
            .toList();
    boolean all = ends.size() == heard.past().sampledPorts().size();
    return all && ends.stream().allMatch(end -> isAlike(heard.past(), end, ends.getFirst()))
        ? Optional.of(ends.getFirst())
        : Optional.empty();
  }

  private Optional<SocketTuple> otherEnd(Heard heard, int ephemeralPort) {
    return translations
        .of(heard.namespace(), heard.tuple(ephemeralPort))
        .map(Translation::otherEnd);
  }

  private static boolean isAlike(PastConnections past, SocketTuple one, SocketTuple other) {
    boolean sameAddresses =
        one.localAddress().equals(other.localAddress())
            && one.remoteAddress().equals(other.remoteAddress());
    return past.direction() == Socket.Direction.INBOUND
        ? sameAddresses
        : sameAddresses && one.localPort() == other.localPort();
  }

  private void count(Heard heard, SocketTuple otherEnd, Reaches reaches, long nowNanos) {
    PastConnections past = heard.past();
    boolean server = past.direction() == Socket.Direction.INBOUND;
    SeriesKey key =
        SeriesKey.of(
            LocalEntity.of(past.process(), heard.namespace()),
            server ? Role.SERVER : Role.CLIENT,
            heard.tuple(ANY_PORT),
            otherEnd,
            past.serverPort() != 0,
            past.otherEnd().map(end -> LocalEntity.of(end.process(), end.namespace())),
            reaches);
    Series series = book.seriesOf(key, heard.namespace(), nowNanos);
    series.addPast(past, nowNanos);
    if (sampler.samples(series)) {
      for (int port : past.sampledPorts()) {
        SocketTuple tuple = heard.tuple(port);
        sampler.offerOpened(
            series, server ? tuple : otherEnd(heard, port).orElseGet(tuple::reversed));
      }
    }
  }
}
