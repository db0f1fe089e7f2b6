package dev.otelscope.graphstream;

import dev.otelscope.model.AttributeValue;
import dev.otelscope.model.Coverage;
import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Listener;
import dev.otelscope.model.Measurement;
import dev.otelscope.model.Pairing;
import dev.otelscope.model.Revision;
import dev.otelscope.model.Traffic;
import dev.otelscope.model.Transport;
import dev.otelscope.model.VirtualAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Deltas with every field of the model set to something, also to what is rare: NaN, emptiness,
/// text beyond ASCII.
final class RandomGraphs {
  private static final double[] DECIMALS = {
    0, -0.0, 1.5, Double.NaN, Double.MAX_VALUE, Double.MIN_VALUE, Double.NEGATIVE_INFINITY
  };

  private final Random random;

  RandomGraphs(long seed) {
    random = new Random(seed);
  }

  /// A delta that need not fit to any graph.
  GraphDelta delta() {
    return new GraphDelta(
        revision(),
        revision(),
        time(),
        several(this::entity),
        Set.copyOf(several(this::id)),
        several(this::edge),
        Set.copyOf(several(this::edgeKey)),
        several(this::coverage),
        Set.copyOf(several(this::text)));
  }

  /// A delta that leads from `base` to a revision of which about `size` edges are new or changed.
  GraphDelta after(GraphSnapshot base, String epoch, int size) {
    Map<EntityId, Entity> entities = new HashMap<>();
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Edge edge = edge();
      edges.add(edge);
      entities.put(edge.key().client(), entity(edge.key().client()));
      entities.put(edge.key().server(), entity(edge.key().server()));
    }
    Map<EdgeKey, Edge> distinct = new HashMap<>();
    edges.forEach(edge -> distinct.put(edge.key(), edge));
    Set<EdgeKey> gone = new HashSet<>();
    for (EdgeKey key : base.edges().keySet()) {
      if (random.nextInt(10) == 0 && !distinct.containsKey(key)) {
        gone.add(key);
      }
    }
    return new GraphDelta(
        base.revision(),
        new Revision(epoch, base.revision().number() + 1),
        time(),
        List.copyOf(entities.values()),
        Set.of(),
        List.copyOf(distinct.values()),
        gone,
        List.of(),
        Set.of());
  }

  private Revision revision() {
    return random.nextInt(5) == 0
        ? Revision.NONE
        : new Revision("k3x9", random.nextLong(1, Long.MAX_VALUE));
  }

  private Entity entity() {
    return entity(id());
  }

  private Entity entity(EntityId id) {
    return new Entity(
        id,
        keyed(this::value),
        several(() -> one(Entity.Relation.values())).stream()
            .distinct()
            .collect(Collectors.toMap(Function.identity(), relation -> id())),
        several(this::measurement).stream()
            .collect(Collectors.toMap(Measurement::key, Function.identity(), (a, b) -> b)),
        Set.copyOf(several(this::listener)),
        time(),
        random.nextBoolean());
  }

  private AttributeValue value() {
    return switch (random.nextInt(8)) {
      case 0 -> AttributeValue.of(random.nextLong());
      case 1 -> AttributeValue.of(decimal());
      case 2 -> AttributeValue.of(random.nextBoolean());
      case 3 -> new AttributeValue.Listing(several(this::value));
      default -> AttributeValue.of(text());
    };
  }

  private Measurement measurement() {
    return new Measurement(
        "process.memory.usage", keyed(this::text), "By", decimal(), decimal(), time());
  }

  private Listener listener() {
    return new Listener(address(), random.nextInt(0x1_0000), one(Transport.values()));
  }

  private IpAddress address() {
    return random.nextBoolean()
        ? IpAddress.ofV4(random.nextInt())
        : new IpAddress(random.nextLong(), random.nextLong());
  }

  private Edge edge() {
    return new Edge(
        edgeKey(),
        random.nextBoolean() ? "" : "postgresql",
        random.nextLong(),
        traffic(),
        traffic(),
        keyed(this::decimal),
        decimal(),
        one(Pairing.values()),
        Set.copyOf(several(this::text)),
        Set.copyOf(several(this::virtualAddress)),
        time(),
        random.nextBoolean());
  }

  private VirtualAddress virtualAddress() {
    return new VirtualAddress(address(), random.nextInt(0x1_0000));
  }

  private EdgeKey edgeKey() {
    return new EdgeKey(id(), id(), one(Transport.values()), random.nextInt(0x1_0000));
  }

  private Traffic traffic() {
    return new Traffic(decimal(), decimal(), decimal(), decimal(), decimal(), decimal());
  }

  private Coverage coverage() {
    return new Coverage(text(), id(), one(Coverage.Severity.values()), text(), time());
  }

  private EntityId id() {
    return EntityId.of("process", "host" + random.nextInt(3), "" + random.nextInt(300), text());
  }

  private Instant time() {
    return Instant.ofEpochSecond(
        random.nextLong(-1, 4_000_000_000L), random.nextInt(1_000_000_000));
  }

  private double decimal() {
    return random.nextBoolean() ? random.nextDouble() : DECIMALS[random.nextInt(DECIMALS.length)];
  }

  private String text() {
    return random
        .ints(random.nextInt(4), 0, 0x11_0000)
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private <V> Map<String, V> keyed(Supplier<V> value) {
    Map<String, V> map = new HashMap<>();
    several(this::text).forEach(key -> map.put(key, value.get()));
    return map;
  }

  private <T> List<T> several(Supplier<T> one) {
    return IntStream.range(0, random.nextInt(3)).mapToObj(i -> one.get()).toList();
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
