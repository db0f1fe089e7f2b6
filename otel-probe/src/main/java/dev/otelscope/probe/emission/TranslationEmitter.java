package dev.otelscope.probe.emission;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.EventNames;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.tracking.Role;
import dev.otelscope.probe.tracking.Series;
import dev.otelscope.probe.tracking.SeriesKey;
import dev.otelscope.probe.tracking.SeriesKey.Route;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Says how addresses are translated in the connections that there are, for those who see the same
/// connections with other means and do not know where they really go: each translation when it is
/// new, and again at each report interval.
final class TranslationEmitter {
  private static final AttributeKey<String> TRANSPORT = text(AttributeNames.NETWORK_TRANSPORT);
  private static final AttributeKey<String> CLIENT_ADDRESS = text(AttributeNames.CLIENT_ADDRESS);
  private static final AttributeKey<String> SERVER_ADDRESS = text(AttributeNames.SERVER_ADDRESS);
  private static final AttributeKey<Long> SERVER_PORT =
      AttributeKey.longKey(AttributeNames.SERVER_PORT);
  private static final AttributeKey<String> TRANSLATED_CLIENT =
      text(AttributeNames.TRANSLATED_CLIENT_ADDRESS);
  private static final AttributeKey<String> PEER_ADDRESS =
      text(AttributeNames.NETWORK_PEER_ADDRESS);
  private static final AttributeKey<Long> PEER_PORT =
      AttributeKey.longKey(AttributeNames.NETWORK_PEER_PORT);
  private static final AttributeKey<String> NAMESPACE = text(AttributeNames.NETWORK_NAMESPACE);

  /// @param namespace where the client is, or the server when no client is on this host
  private record Translated(
      String namespace,
      Transport transport,
      IpAddress client,
      IpAddress server,
      int serverPort,
      Route route) {}

  private final Supplier<? extends Iterable<Series>> series;
  private final Supplier<Resource> host;
  private final Repetition<Translated, Route> repetition = new Repetition<>();

  TranslationEmitter(Supplier<? extends Iterable<Series>> series, Supplier<Resource> host) {
    this.series = series;
    this.host = host;
  }

  /// Adds what is due.
  ///
  /// @param dueBeforeNanos what was said last before this is
  void offer(long nowNanos, long dueBeforeNanos, List<LogRecordData> collected) {
    Resource observer = host.get();
    repetition.begin(nowNanos, dueBeforeNanos);
    for (Series one : series.get()) {
      translated(one)
          .filter(translated -> repetition.isDue(translated, translated.route()))
          .ifPresent(translated ->
              collected.add(
                  new EventRecord(
                      observer, EventNames.TRANSLATION, nowNanos, attributes(translated))));
    }
    repetition.end((translated, route) -> {});
  }

  /// The client's end says what was asked for; the server's speaks only where there is no other.
  private static Optional<Translated> translated(Series series) {
    SeriesKey key = series.key();
    boolean speaks = key.role() != Role.SERVER || key.peer().isEmpty();
    return key.route()
        .filter(route -> speaks && key.fold() == SeriesKey.Fold.NOTHING)
        .map(route ->
            new Translated(
                series.namespace(),
                key.transport(),
                key.client(),
                key.server(),
                key.serverPort(),
                route));
  }

  private static Attributes attributes(Translated translated) {
    Route route = translated.route();
    AttributesBuilder attributes =
        Attributes.builder()
            .put(TRANSPORT, translated.transport().toString())
            .put(CLIENT_ADDRESS, translated.client().toString())
            .put(SERVER_ADDRESS, translated.server().toString())
            .put(TRANSLATED_CLIENT, route.client().toString())
            .put(PEER_ADDRESS, route.server().toString())
            .put(PEER_PORT, (long) route.serverPort());
    if (translated.serverPort() != SeriesKey.NO_PORT) {
      attributes.put(SERVER_PORT, (long) translated.serverPort());
    }
    if (!translated.namespace().isEmpty()) {
      attributes.put(NAMESPACE, translated.namespace());
    }
    return attributes.build();
  }

  private static AttributeKey<String> text(String name) {
    return AttributeKey.stringKey(name);
  }
}
