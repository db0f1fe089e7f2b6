package dev.otelscope.engine.dialect;

import dev.otelscope.engine.observation.Observation.Description;
import dev.otelscope.engine.observation.Observation.ListenerSeen;
import dev.otelscope.engine.observation.Reading;
import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Listener;
import dev.otelscope.model.Transport;
import dev.otelscope.otlp.AttributesView;
import dev.otelscope.otlp.Utf8;
import org.jspecify.annotations.Nullable;

/// Reads where a socket of an entity listens.
final class ListenerReader {
  private static final Utf8 ADDRESS = Utf8.of(AttributeNames.SERVER_ADDRESS);
  private static final Utf8 PORT = Utf8.of(AttributeNames.SERVER_PORT);
  private static final Utf8 TRANSPORT = Utf8.of(AttributeNames.NETWORK_TRANSPORT);

  /// Null when the attributes do not name a socket completely.
  @Nullable ListenerSeen read(Description entity, AttributesView attributes, Reading reading) {
    try {
      IpAddress address = IpAddress.parse(attributes.string(ADDRESS));
      int port = Integer.parseInt(attributes.string(PORT));
      Transport transport = Transport.parse(attributes.string(TRANSPORT));
      Listener listener = new Listener(address, port, transport);
      return port < 1 || port > 0xFFFF
          ? null
          : new ListenerSeen(entity.id(), entity.host(), listener, reading);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
