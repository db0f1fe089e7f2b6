package dev.otelscope.engine.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.engine.EngineRig;
import dev.otelscope.engine.law.Axes.Churn;
import dev.otelscope.engine.law.Axes.Observers;
import dev.otelscope.engine.law.Axes.Ports;
import dev.otelscope.engine.law.Axes.Temporality;
import dev.otelscope.engine.law.World.Pair;
import dev.otelscope.engine.law.World.Traffic;
import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Laws 2 and 3 (and, through the rig, 1 and 4) on random histories: whatever happens to the points
/// on their way and whoever observes, the settled graph says what happened, once.
class EngineLawsTest {
  private static final int SEEDS = 3;
  private static final int SECONDS = 40;
  private static final int EDGE_WINDOW_SECONDS = 15;

  static Stream<Arguments> histories() {
    return Axes.all().stream()
        .flatMap(axes ->
            Stream.iterate(1L, seed -> seed + 1).limit(SEEDS).map(s -> Arguments.of(axes, s)));
  }

  @ParameterizedTest(name = "{0} seed {1}")
  @MethodSource("histories")
  void theSettledGraphSaysWhatHappenedOnce(Axes axes, long seed) {
    Random random = new Random(seed);
    EngineRig rig = new EngineRig();
    World world = new World(random, axes.ports() == Ports.SHARED);
    Divided divided = new Divided();
    Mail mail = new Mail(random);
    List<WorldProbe> probes = probes(axes, world, rig.now());

    for (int second = 1; second <= SECONDS; second++) {
      if (axes.churn() == Churn.PROCESSES && random.nextInt(8) == 0) {
        world.replaceClient(second);
      }
      if (axes.churn() == Churn.PROBES && second > 3 && random.nextInt(10) == 0) {
        probes.get(random.nextInt(probes.size())).restart(world, rig.now());
      }
      rig.advance(Duration.ofSeconds(1));
      world.live(second);
      for (WorldProbe probe : probes) {
        mail.post(probe.collect(world, rig.now(), second % 30 == 0));
      }
      mail.arrive().forEach(rig::send);
      divided.follow(rig.engine().graph().current());
    }
    int settled = SECONDS;
    while (!mail.isEmpty()) {
      settled++;
      rig.advance(Duration.ofSeconds(1));
      mail.arrive().forEach(rig::send);
    }

    GraphSnapshot graph = rig.graph();
    if (axes.ports() == Ports.SHARED && axes.observers() == Observers.BOTH) {
      divided.compare(graph, world);
    } else {
      compare(graph, expected(axes, world), settled);
    }
    rig.check();
  }

  private static List<WorldProbe> probes(Axes axes, World world, long now) {
    boolean delta = axes.temporality() == Temporality.DELTA;
    List<WorldProbe> probes = new ArrayList<>();
    if (axes.observers() != Observers.SERVERS) {
      world.clientHosts().forEach(host -> probes.add(new WorldProbe(host, true, delta, now)));
    }
    if (axes.observers() != Observers.CLIENTS) {
      world.serverHosts().forEach(host -> probes.add(new WorldProbe(host, false, delta, now)));
    }
    return probes;
  }

  /// The edges as whoever knows the truth would draw them, with what these observers can know.
  private static Map<EdgeKey, Traffic> expected(Axes axes, World world) {
    Map<EdgeKey, Traffic> edges = new LinkedHashMap<>();
    world
        .truth()
        .forEach((pair, traffic) -> {
          Traffic edge = edges.computeIfAbsent(key(axes, pair), key -> new Traffic());
          edge.opened += traffic.opened;
          edge.failed += axes.observers() == Observers.SERVERS ? 0 : traffic.failed;
          edge.sent += traffic.sent;
          edge.received += traffic.received;
          edge.active += traffic.active;
          edge.lastActivitySecond = Math.max(edge.lastActivitySecond, traffic.lastActivitySecond);
        });
    return edges;
  }

  private static EdgeKey key(Axes axes, Pair pair) {
    EntityId client =
        axes.observers() == Observers.SERVERS
            ? address(pair.client().address())
            : pair.client().id();
    EntityId server =
        axes.observers() == Observers.CLIENTS
            ? address(pair.server().address())
            : pair.server().id();
    return new EdgeKey(client, server, Transport.TCP, pair.server().port());
  }

  private static EntityId address(String ip) {
    return EntityId.of(EntityType.ADDRESS, EntityType.GLOBAL, ip);
  }

  private static void compare(GraphSnapshot graph, Map<EdgeKey, Traffic> expected, long now) {
    expected.forEach((key, traffic) -> {
      long idle = now - traffic.lastActivitySecond;
      Edge edge = graph.edges().get(key);
      if (edge == null) {
        assertThat(traffic.active).as("open connections of missing %s", key).isZero();
        assertThat(idle).as("idle of missing %s", key).isGreaterThan(EDGE_WINDOW_SECONDS - 2);
        return;
      }
      assertThat(edge.active()).as("active of %s", key).isEqualTo(traffic.active);
      assertThat(edge.totals().opened()).as("opened of %s", key).isEqualTo((double) traffic.opened);
      assertThat(edge.totals().failed()).as("failed of %s", key).isEqualTo((double) traffic.failed);
      assertThat(edge.totals().bytesSent()).as("sent of %s", key).isEqualTo((double) traffic.sent);
      assertThat(edge.totals().bytesReceived())
          .as("received of %s", key)
          .isEqualTo((double) traffic.received);
    });
    assertThat(expected.keySet()).as("no others").containsAll(graph.edges().keySet());
    assertThat(graph.edges()).isNotEmpty();
  }
}
