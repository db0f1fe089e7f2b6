package dev.otelscope.probe.emission;

import dev.otelscope.probe.container.ContainerCgroup;
import dev.otelscope.probe.container.ContainerDescription;
import dev.otelscope.probe.container.ContainerFacts;
import dev.otelscope.probe.container.ContainerNetwork;
import dev.otelscope.probe.container.ContainerState;
import dev.otelscope.probe.container.ContainerUsage;
import dev.otelscope.probe.container.Containers;
import dev.otelscope.probe.process.ProcessTable;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Says which containers there are: those with a process that has connections, and those whose main
/// process a runtime names.
final class ContainerEmitter {
  /*
   * Life
   *   A container that is new waits for its name, when a runtime is there that may know it. It is said
   *   as long as it is in use. One that stopped is said as stopped for as long as its runtime lists
   *   it; when it does not, until that has arrived.
   *   A container whose description changes goes on in another block, with counters from zero.
   */
  private static final long LONGEST_WAIT_NANOS = 2_000_000_000L;
  private static final long READ_NANOS = 5_000_000_000L;
  private static final ContainerUsage NOTHING =
      new ContainerUsage(
          0, 0, 0, 0, 0, OptionalDouble.empty(), OptionalLong.empty(), Optional.empty());

  private static final class Said {
    private final long firstSeenNanos;
    private final Farewell farewell = new Farewell();
    private Optional<ContainerCgroup> cgroup = Optional.empty();
    private Optional<ContainerDescription> description = Optional.empty();
    private Optional<ContainerUsage> usage = Optional.empty();
    private long readNanos;
    private @Nullable EntityBlock block;
    private @Nullable ContainerPoints points;

    private Said(long nowNanos) {
      this.firstSeenNanos = nowNanos;
    }

    private Optional<ContainerNetwork> network() {
      return usage.flatMap(ContainerUsage::network);
    }
  }

  private final EntityResources resources;
  private final Containers containers;
  private final ProcessTable processes;
  private final Function<ContainerCgroup, Optional<ContainerUsage>> usage;
  private final Map<String, Said> said = new HashMap<>();
  private final Map<String, Integer> sharers = new HashMap<>(); // by network namespace

  /// @param usage reads what a container uses; asked every few seconds
  ContainerEmitter(
      EntityResources resources,
      Containers containers,
      ProcessTable processes,
      Function<ContainerCgroup, Optional<ContainerUsage>> usage) {
    this.resources = resources;
    this.containers = containers;
    this.processes = processes;
    this.usage = usage;
  }

  /// Puts what is due into the round.
  ///
  /// @param ofProcesses containers of processes that have something to say, by id
  void offer(Map<String, ContainerCgroup> ofProcesses, Round round, List<MetricData> collected) {
    Map<String, ContainerFacts> known = new HashMap<>();
    containers.all().forEach(facts -> known.putIfAbsent(facts.description().id(), facts));
    ofProcesses.forEach((id, cgroup) -> saidOf(id, round).cgroup = Optional.of(cgroup));
    known.forEach((id, facts) -> {
      boolean isHere = containers.areAllHere() || said.containsKey(id);
      if (isHere && facts.mainPid() > 0 && saidOf(id, round).cgroup.isEmpty()) {
        saidOf(id, round).cgroup = cgroupOf(facts);
      }
    });
    countSharers();
    said.entrySet()
        .removeIf(entry -> {
          String id = entry.getKey();
          Optional<ContainerFacts> facts = Optional.ofNullable(known.get(id));
          return !offer(id, entry.getValue(), facts, ofProcesses.containsKey(id), round, collected);
        });
  }

  /// All of them, as they are said now.
  Stream<Resource> all() {
    return said.values().stream()
        .flatMap(one -> Stream.ofNullable(one.block))
        .map(EntityBlock::resource);
  }

  private Said saidOf(String id, Round round) {
    return said.computeIfAbsent(id, absent -> new Said(round.nowNanos()));
  }

  private Optional<ContainerCgroup> cgroupOf(ContainerFacts facts) {
    return processes
        .containerOf(facts.mainPid())
        .filter(cgroup -> cgroup.id().equals(facts.description().id()));
  }

  /// @return whether it is to be said again
  private boolean offer(
      String id,
      Said one,
      Optional<ContainerFacts> facts,
      boolean hasProcess,
      Round round,
      List<MetricData> collected) {
    boolean waits =
        facts.isEmpty()
            && containers.maySoonKnowMore()
            && round.nowNanos() - one.firstSeenNanos < LONGEST_WAIT_NANOS;
    if (one.block == null && waits && hasProcess) {
      return true;
    }
    boolean isThere = hasProcess || facts.isPresent();
    if (!isThere || round.nowNanos() - one.readNanos >= READ_NANOS) {
      read(one, round);
    }
    if (!isThere && (one.block == null || one.usage.isPresent() || one.farewell.isOver(round))) {
      return false;
    }
    say(id, one, facts, isThere, round, collected);
    return true;
  }

  private void say(
      String id,
      Said one,
      Optional<ContainerFacts> facts,
      boolean isThere,
      Round round,
      List<MetricData> collected) {
    EntityBlock block = one.block;
    ContainerPoints points = one.points;
    Optional<ContainerDescription> description =
        facts.map(ContainerFacts::description).or(() -> one.description);
    if (block == null || points == null || !description.equals(one.description)) {
      block = new EntityBlock(resources.ofContainer(id, description, one.cgroup));
      points = new ContainerPoints(one.usage.orElse(NOTHING), round);
      one.block = block;
      one.points = points;
      one.description = description;
    }
    block.clear();
    if (one.usage.isPresent()) {
      points.offer(one.usage.get(), round, block);
      Optional<ContainerNetwork> network = ownNetwork(one);
      if (network.isPresent()) {
        points.offer(network.get(), round, block);
      }
    }
    ContainerState otherwise = isThere ? ContainerState.RUNNING : ContainerState.EXITED;
    points.offer(facts.map(ContainerFacts::state).orElse(otherwise), round, block);
    if (!isThere) {
      points.repeatState(round, block);
    } else {
      one.farewell.cancel();
    }
    block.collectInto(collected);
  }

  /// What goes through the devices of a pod is of none of several containers. Who shares devices is
  /// known from the round after they were read.
  private Optional<ContainerNetwork> ownNetwork(Said one) {
    return one.network().filter(network -> sharers.getOrDefault(network.namespace(), 0) == 1);
  }

  private void countSharers() {
    sharers.clear();
    for (Said one : said.values()) {
      one.network().ifPresent(network -> sharers.merge(network.namespace(), 1, Integer::sum));
    }
  }

  /// A container that was started again has a new control group, whose counters begin again.
  private void read(Said one, Round round) {
    one.readNanos = round.nowNanos();
    Optional<ContainerUsage> before = one.usage;
    one.usage = one.cgroup.flatMap(usage);
    if (one.usage.isPresent()
        && (before.isEmpty() || cpuSeconds(one.usage.get()) < cpuSeconds(before.get()))) {
      one.points = null;
    }
  }

  private static double cpuSeconds(ContainerUsage usage) {
    return usage.cpuUserSeconds() + usage.cpuSystemSeconds();
  }
}
