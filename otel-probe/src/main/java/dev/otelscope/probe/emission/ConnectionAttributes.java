package dev.otelscope.probe.emission;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.probe.tracking.LocalEntity;
import dev.otelscope.probe.tracking.SeriesKey;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Locale;
import java.util.function.Function;

/// What a series of connections says of itself on the wire.
final class ConnectionAttributes {
  private static final AttributeKey<String> ROLE = key(AttributeNames.CONNECTION_ROLE);
  private static final AttributeKey<String> CLIENT_ADDRESS = key(AttributeNames.CLIENT_ADDRESS);
  private static final AttributeKey<String> SERVER_ADDRESS = key(AttributeNames.SERVER_ADDRESS);
  private static final AttributeKey<Long> SERVER_PORT =
      AttributeKey.longKey(AttributeNames.SERVER_PORT);
  private static final AttributeKey<String> TRANSPORT = key(AttributeNames.NETWORK_TRANSPORT);
  private static final AttributeKey<String> TYPE = key(AttributeNames.NETWORK_TYPE);
  private static final AttributeKey<String> SCOPE = key(AttributeNames.ADDRESS_SCOPE);
  private static final AttributeKey<String> PEER = key(AttributeNames.PEER);
  private static final AttributeKey<String> PEER_ADDRESS = key(AttributeNames.NETWORK_PEER_ADDRESS);
  private static final AttributeKey<Long> PEER_PORT =
      AttributeKey.longKey(AttributeNames.NETWORK_PEER_PORT);
  private static final AttributeKey<String> TRANSLATED_CLIENT =
      key(AttributeNames.TRANSLATED_CLIENT_ADDRESS);
  private static final AttributeKey<Boolean> OVERFLOW =
      AttributeKey.booleanKey(AttributeNames.OVERFLOW);

  private ConnectionAttributes() {}

  /// @param names text id of an entity of this host
  static Attributes of(SeriesKey series, Function<LocalEntity, String> names) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put(ROLE, series.role().toString())
            .put(TRANSPORT, series.transport().toString());
    putAddresses(series, attributes);
    if (series.serverPort() != SeriesKey.NO_PORT) {
      attributes.put(SERVER_PORT, (long) series.serverPort());
    }
    series.peer().ifPresent(peer -> attributes.put(PEER, names.apply(peer)));
    series.route().ifPresent(route -> putRoute(series, route, attributes));
    return attributes.build();
  }

  private static void putRoute(
      SeriesKey series, SeriesKey.Route route, AttributesBuilder attributes) {
    switch (series.role()) {
      case SERVER -> attributes.put(PEER_ADDRESS, route.client().toString());
      case CLIENT, UNKNOWN -> {
        attributes
            .put(PEER_ADDRESS, route.server().toString())
            .put(PEER_PORT, (long) route.serverPort());
        if (!route.client().equals(series.client())) {
          attributes.put(TRANSLATED_CLIENT, route.client().toString());
        }
      }
    }
  }

  private static void putAddresses(SeriesKey series, AttributesBuilder attributes) {
    switch (series.fold()) {
      case NOTHING ->
          attributes
              .put(CLIENT_ADDRESS, series.client().toString())
              .put(SERVER_ADDRESS, series.server().toString())
              .put(TYPE, series.server().isV4() ? "ipv4" : "ipv6")
              .put(SCOPE, series.reach().name().toLowerCase(Locale.ROOT));
      case REMOTE_ADDRESS -> {
        switch (series.role()) {
          case SERVER -> attributes.put(SERVER_ADDRESS, series.server().toString());
          case CLIENT, UNKNOWN -> attributes.put(CLIENT_ADDRESS, series.client().toString());
        }
        attributes.put(SCOPE, series.reach().name().toLowerCase(Locale.ROOT)).put(OVERFLOW, true);
      }
      case ADDRESSES -> attributes.put(OVERFLOW, true);
    }
  }

  private static AttributeKey<String> key(String name) {
    return AttributeKey.stringKey(name);
  }
}
