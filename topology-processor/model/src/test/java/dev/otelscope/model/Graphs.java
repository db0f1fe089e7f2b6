package dev.otelscope.model;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// Random graphs for tests.
final class Graphs {
  private static final Instant EPOCH = Instant.parse("2026-11-22T14:00:00Z");
  private static final int ENTITIES = 12;

  private Graphs() {}

  /// A graph whose ends all exist, over a few names so that two of them overlap.
  static GraphSnapshot any(Random random, String epoch, long number) {
    Set<EntityId> ids = new HashSet<>();
    PMap<EdgeKey, Edge> edges = HashTreePMap.empty();
    for (int i = random.nextInt(10); i > 0; i--) {
      EdgeKey key = new EdgeKey(id(random), id(random), Transport.TCP, 80 + random.nextInt(2));
      ids.add(key.client());
      ids.add(key.server());
      edges = edges.plus(key, edge(key, random));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      ids.add(id(random));
    }
    PMap<EntityId, Entity> entities = HashTreePMap.empty();
    for (EntityId id : ids) {
      entities = entities.plus(id, entity(id, random));
    }
    PMap<String, Coverage> coverage = HashTreePMap.empty();
    for (int i = random.nextInt(3); i > 0; i--) {
      Coverage one = coverage(random);
      coverage = coverage.plus(one.key(), one);
    }
    Instant time = EPOCH.plusMillis(number * 250);
    return new GraphSnapshot(new Revision(epoch, number), time, entities, edges, coverage);
  }

  private static EntityId id(Random random) {
    return EntityId.of(EntityType.HOST, "h" + random.nextInt(ENTITIES));
  }

  private static Entity entity(EntityId id, Random random) {
    AttributeValue load = AttributeValue.of(random.nextInt(3));
    return new Entity(
        id, Map.of("load", load), Map.of(), Map.of(), Set.of(), EPOCH, random.nextInt(5) == 0);
  }

  private static Edge edge(EdgeKey key, Random random) {
    Traffic totals = new Traffic(random.nextInt(3), 0, 0, random.nextInt(3), 0, 0);
    return new Edge(
        key,
        "",
        random.nextInt(2),
        totals,
        Traffic.NONE,
        Map.of(),
        Double.NaN,
        Pairing.EXACT,
        Set.of("probe"),
        Set.of(),
        EPOCH,
        false);
  }

  private static Coverage coverage(Random random) {
    int host = random.nextInt(3);
    return new Coverage(
        "probe~h" + host,
        EntityId.of(EntityType.HOST, "h" + host),
        Coverage.Severity.LIMITED,
        "reason " + random.nextInt(2),
        EPOCH);
  }
}
