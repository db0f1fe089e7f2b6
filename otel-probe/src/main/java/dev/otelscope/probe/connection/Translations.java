package dev.otelscope.probe.connection;

import java.util.Optional;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/// Knows which connections have other addresses at their other end. Only maps addresses: it neither
/// counts connections nor says whether there are any. Asked by the thread that asks the source.
public interface Translations extends AutoCloseable {

  /// Nothing is translated, as far as anybody knows.
  Translations NONE =
      new Translations() {
        @Override
        public boolean refresh(long nowNanos, ObjLongConsumer<String> lost) {
          return false;
        }

        @Override
        public boolean isEmpty() {
          return true;
        }

        @Override
        public Optional<Translation> of(String namespace, SocketTuple tuple) {
          return Optional.empty();
        }

        @Override
        public Set<ServerAddress> servers() {
          return Set.of();
        }

        @Override
        public String problem() {
          return "";
        }

        @Override
        public void close() {}
      };

  /// Learns what has changed since the last call. After a source's scan, whatever that told is
  /// known: the kernel settles a translation with the first packet of a connection.
  ///
  /// @param nowNanos of a clock that never goes back
  /// @param lost hears what could not be read, as [ConnectionListener#lost]
  /// @return whether it has come to know translations that may be older, so that it is worth while
  ///   to ask once more about connections that nothing was known of
  boolean refresh(long nowNanos, ObjLongConsumer<String> lost);

  /// Whether no connection is known to be translated, so that there is no need to ask about any.
  boolean isEmpty();

  /// What is translated between a socket and its other end; empty when nothing is, or it is not
  /// clear whose connection that is.
  ///
  /// @param namespace where the socket is, as in [ConnectionListener#namespace]
  /// @param tuple of the socket, seen from its own end
  Optional<Translation> of(String namespace, SocketTuple tuple);

  /// Servers whose connections were seen to be translated, before and after, as far as they may be
  /// on this machine; a limited number of them.
  Set<ServerAddress> servers();

  /// Why translations are not known everywhere, for a person; empty when they are.
  String problem();

  @Override
  void close();
}
