package dev.otelscope.probe.tracking;

import dev.otelscope.probe.connection.ServerAddress;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.connection.Translation;
import dev.otelscope.probe.connection.Translations;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/// Translations that tests make, the same in every namespace.
public final class SimulatedTranslations implements Translations {
  private final Map<SocketTuple, Translation> translations = new HashMap<>();
  private String problem = "";
  private boolean isNew;

  /// From now on they are not known everywhere.
  public void fail(String why) {
    problem = why;
  }

  /// From now on the ends of a connection see each other like this.
  public void translate(SocketTuple client, SocketTuple server) {
    isNew = true;
    translations.put(client, new Translation(server, Socket.Direction.OUTBOUND));
    translations.put(server, new Translation(client, Socket.Direction.INBOUND));
  }

  @Override
  public boolean refresh(long nowNanos, ObjLongConsumer<String> lost) {
    boolean learned = isNew;
    isNew = false;
    return learned;
  }

  @Override
  public boolean isEmpty() {
    return translations.isEmpty();
  }

  @Override
  public Optional<Translation> of(String namespace, SocketTuple tuple) {
    return Optional.ofNullable(translations.get(tuple));
  }

  @Override
  public Set<ServerAddress> servers() {
    return Set.of();
  }

  @Override
  public String problem() {
    return problem;
  }

  @Override
  public void close() {}
}
