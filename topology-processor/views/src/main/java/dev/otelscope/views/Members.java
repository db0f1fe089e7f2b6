package dev.otelscope.views;

import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// The entities that a node stands for, with what they are together. Changing one costs the same
/// however many there are. Read-only outside this package; not thread-safe.
public final class Members {
  private final TreeMap<EntityId, Member> members = new TreeMap<>();
  private final Tally<String> hosts = new Tally<>();
  private final Tally<String> states = new Tally<>();
  private final MetricSum cpu = new MetricSum(1_000_000);
  private final MetricSum memory = new MetricSum(1);
  private int system;
  private int stale;

  /// What an entity adds, kept so that exactly that can be taken away again.
  private record Member(Entity entity, Usage usage, String host, String state, boolean system) {}

  /// One entity by itself.
  public static Members of(Entity entity) {
    Members alone = new Members();
    alone.put(entity);
    return alone;
  }

  void put(Entity entity) {
    remove(entity.id());
    Member member =
        new Member(
            entity,
            Usage.of(entity),
            Hosts.hostOf(entity),
            RunState.of(entity),
            SystemEntities.include(entity));
    members.put(entity.id(), member);
    count(member, 1);
  }

  void remove(EntityId id) {
    Member member = members.remove(id);
    if (member != null) {
      count(member, -1);
    }
  }

  private void count(Member member, int sign) {
    cpu.add(member.usage.cpu(), sign);
    memory.add(member.usage.memory(), sign);
    system += member.system ? sign : 0;
    stale += member.entity.stale() ? sign : 0;
    states.add(member.state, sign);
    if (!member.host.isEmpty()) {
      hosts.add(member.host, sign);
    }
  }

  public int count() {
    return members.size();
  }

  public boolean isEmpty() {
    return members.isEmpty();
  }

  /// The one with the smallest id.
  ///
  /// @throws java.util.NoSuchElementException when there is none
  public Entity first() {
    return members.firstEntry().getValue().entity;
  }

  /// Ids of the hosts on which they are, in order.
  public SortedSet<String> hosts() {
    return Collections.unmodifiableSortedSet(hosts.values());
  }

  /// In order of their ids.
  public Collection<Entity> entities() {
    return members.values().stream().map(Member::entity).toList();
  }

  /// `cpu` in cores and `memory` in bytes, as far as they are known.
  SortedMap<String, Double> metrics() {
    SortedMap<String, Double> metrics = new TreeMap<>();
    cpu.into(metrics, "cpu");
    memory.into(metrics, "memory");
    return metrics;
  }

  /// `running` if one of them runs; else what one of them does, empty when there is none.
  String state() {
    return RunState.ofAll(states.values());
  }

  boolean areSystem() {
    return !isEmpty() && system == members.size();
  }

  boolean areStale() {
    return !isEmpty() && stale == members.size();
  }

  /// A sum of whole fractions, for the reason given in [EdgeSum].
  private static final class MetricSum {
    private final double fractions;
    private long sum;
    private int known;

    private MetricSum(double fractions) {
      this.fractions = fractions;
    }

    private void add(double amount, int sign) {
      if (!Double.isNaN(amount)) {
        sum += sign * Math.round(amount * fractions);
        known += sign;
      }
    }

    private void into(SortedMap<String, Double> metrics, String name) {
      if (known > 0) {
        metrics.put(name, sum / fractions);
      }
    }
  }
}
