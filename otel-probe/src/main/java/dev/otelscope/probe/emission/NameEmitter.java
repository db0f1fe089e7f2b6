package dev.otelscope.probe.emission;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.EventNames;
import dev.otelscope.probe.dns.KnownName;
import dev.otelscope.probe.dns.NameWatch;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.function.Supplier;

/// Says which names addresses have: each pair when it is new, and again within the interval in
/// which series are repeated, so that a receiver that was started again learns it.
final class NameEmitter {
  private static final AttributeKey<String> NAME =
      AttributeKey.stringKey(AttributeNames.DNS_QUESTION_NAME);
  private static final AttributeKey<List<String>> ADDRESSES =
      AttributeKey.stringArrayKey(AttributeNames.DNS_ANSWERS);
  private static final AttributeKey<Long> TTL = AttributeKey.longKey(AttributeNames.DNS_TTL);
  private static final AttributeKey<Long> SINCE = AttributeKey.longKey(AttributeNames.DNS_SINCE);
  private static final AttributeKey<String> NAMESPACE =
      AttributeKey.stringKey(AttributeNames.NETWORK_NAMESPACE);

  private final NameWatch names;
  private final Supplier<Resource> host;

  NameEmitter(NameWatch names, Supplier<Resource> host) {
    this.names = names;
    this.host = host;
  }

  /// Adds what is due.
  ///
  /// @param dueBeforeNanos what was said last before this is
  void offer(long nowNanos, long dueBeforeNanos, List<LogRecordData> collected) {
    Resource resource = host.get();
    names.forEach(known -> {
      if (known.saidNanos() < dueBeforeNanos) {
        known.say(nowNanos);
        collected.add(
            new EventRecord(resource, EventNames.DNS_ANSWER, nowNanos, attributes(known)));
      }
    });
  }

  private static Attributes attributes(KnownName known) {
    return Attributes.builder()
        .put(NAME, known.name())
        .put(ADDRESSES, List.of(known.address().toString()))
        .put(TTL, (long) known.ttlSeconds())
        .put(SINCE, known.sinceNanos())
        .put(NAMESPACE, known.namespace())
        .build();
  }
}
