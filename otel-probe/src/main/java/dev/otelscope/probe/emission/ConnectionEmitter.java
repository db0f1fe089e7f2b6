package dev.otelscope.probe.emission;

import dev.otelscope.probe.tracking.LocalEntity;
import dev.otelscope.probe.tracking.Series;
import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/// Keeps the points of all series, from their first round to their farewell.
final class ConnectionEmitter {
  /// A series may be quiet this long between two connections without ending.
  private static final long LINGER_NANOS = 10_000_000_000L;

  private final Entities entities;
  private final IdentityHashMap<Series, ConnectionPoints> points = new IdentityHashMap<>();
  private final List<ConnectionPoints> replaced = new ArrayList<>();

  ConnectionEmitter(Entities entities) {
    this.entities = entities;
  }

  /// Puts what is due of all series into the round.
  ///
  /// @param tickNanos the tracker's clock
  /// @param forget told of series whose last values have arrived
  void offer(Iterable<Series> series, long tickNanos, Round round, Consumer<Series> forget) {
    for (Iterator<ConnectionPoints> all = replaced.iterator(); all.hasNext(); ) {
      ConnectionPoints last = all.next();
      if (last.farewell.isOver(round)) {
        all.remove();
      } else {
        entities.keep(last.entity);
        last.repeat(round);
      }
    }
    List<Series> over = new ArrayList<>();
    for (Series one : series) {
      offer(one, tickNanos, round, over);
    }
    for (Series one : over) {
      points.remove(one);
      forget.accept(one);
    }
  }

  private void offer(Series series, long tickNanos, Round round, List<Series> over) {
    ConnectionPoints own = pointsOf(series, round);
    entities.keep(own.entity);
    if (!series.isIdle(tickNanos, LINGER_NANOS)) {
      own.farewell.cancel();
      own.offer(round);
    } else if (own.farewell.isOver(round)) {
      over.add(series);
    } else {
      own.offerLast(round);
    }
  }

  private ConnectionPoints pointsOf(Series series, Round round) {
    LocalEntity owner = series.key().owner();
    EntityBlock entity = entities.blockOf(owner, series.namespace());
    ConnectionPoints own = points.get(series);
    if (own != null && own.entity == entity) {
      return own;
    }
    if (own != null) {
      entities.keep(own.entity);
      own.offerLast(round);
      own.farewell.begin();
      replaced.add(own);
    }
    Attributes attributes = ConnectionAttributes.of(series.key(), entities::nameOf);
    ConnectionPoints next = new ConnectionPoints(series, entity, attributes, own != null, round);
    points.put(series, next);
    return next;
  }
}
