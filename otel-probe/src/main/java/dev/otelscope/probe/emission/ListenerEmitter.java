package dev.otelscope.probe.emission;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.probe.tracking.ListenerKey;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/// Says where entities listen. A listener that is gone says so with the value 0.
final class ListenerEmitter {
  private static final AttributeKey<String> ADDRESS =
      AttributeKey.stringKey(AttributeNames.SERVER_ADDRESS);
  private static final AttributeKey<Long> PORT = AttributeKey.longKey(AttributeNames.SERVER_PORT);
  private static final AttributeKey<String> TRANSPORT =
      AttributeKey.stringKey(AttributeNames.NETWORK_TRANSPORT);

  private static final class Said {
    private final EntityBlock entity;
    private final LongPoint point;
    private final Farewell farewell = new Farewell();

    private Said(ListenerKey key, EntityBlock entity, Round round) {
      this.entity = entity;
      Attributes attributes =
          Attributes.of(
              ADDRESS,
              key.address().toString(),
              PORT,
              (long) key.port(),
              TRANSPORT,
              key.transport().toString());
      this.point = new LongPoint(attributes, round.previousNanos());
    }
  }

  private final Entities entities;
  private final Map<ListenerKey, Said> said = new HashMap<>();

  ListenerEmitter(Entities entities) {
    this.entities = entities;
  }

  /// Puts what is due into the round.
  void offer(Map<ListenerKey, Integer> present, Round round) {
    present.forEach((key, count) -> offer(key, count, round));
    for (Iterator<Map.Entry<ListenerKey, Said>> all = said.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<ListenerKey, Said> entry = all.next();
      Said one = entry.getValue();
      if (present.containsKey(entry.getKey())) {
        one.farewell.cancel();
      } else if (one.farewell.isOver(round)) {
        all.remove();
      } else {
        entities.keep(one.entity);
        one.point.offer(0, round, one.entity, ProbeMetric.LISTENER);
        one.point.repeat(round, one.entity, ProbeMetric.LISTENER);
      }
    }
  }

  private void offer(ListenerKey key, int count, Round round) {
    EntityBlock entity = entities.blockOf(key.owner(), key.namespace());
    entities.keep(entity);
    Said one = said.get(key);
    if (one == null || one.entity != entity) {
      one = new Said(key, entity, round);
      said.put(key, one);
    }
    one.point.offer(count, round, entity, ProbeMetric.LISTENER);
  }
}
