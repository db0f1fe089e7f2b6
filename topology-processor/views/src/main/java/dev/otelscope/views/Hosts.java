package dev.otelscope.views;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.AttributeValue;
import dev.otelscope.model.Entity;
import dev.otelscope.model.Entity.Relation;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a view needs to know of the hosts to place and draw everything else: their names and the
/// networks that they are in. Read-only outside this package; not thread-safe.
public final class Hosts {
  private static final Facts UNKNOWN = new Facts("", Set.of());

  private final Map<String, Facts> facts = new HashMap<>();
  private final NetworkSet networks = new NetworkSet();

  private record Facts(String name, Set<IpNetwork> networks) {}

  /// What a host's change means for others.
  ///
  /// @param renamed whether its name changed, or it is new, or gone
  /// @param moved whether its networks changed
  record Change(boolean renamed, boolean moved) {}

  /// The id of the host on which an entity is, empty when that is not known.
  public static String hostOf(Entity entity) {
    EntityId id = entity.id();
    return switch (id.type()) {
      case EntityType.HOST, EntityType.PROCESS, EntityType.UNATTRIBUTED -> id.value(0);
      case EntityType.ADDRESS -> id.value(0).equals(EntityType.GLOBAL) ? "" : id.value(0);
      default ->
          entity
              .related(Relation.RUNS_ON)
              .filter(host -> host.isOf(EntityType.HOST))
              .map(host -> host.value(0))
              .orElse("");
    };
  }

  /// The name of a host; its id while the name is not known.
  public String name(String hostId) {
    String name = facts.getOrDefault(hostId, UNKNOWN).name;
    return name.isEmpty() ? hostId : name;
  }

  /// The host as a node of its view.
  public Ref ref(String hostId) {
    return new Ref(
        "hosts", EntityId.of(EntityType.HOST, hostId), name(hostId), "", EntityType.HOST, false);
  }

  /// Whether a known host is in the same network as this address.
  public boolean areNear(IpAddress address) {
    return networks.contains(address);
  }

  Change put(Entity host) {
    return replace(
        host.id().value(0), new Facts(host.text(AttributeNames.HOST_NAME), networksOf(host)));
  }

  Change remove(EntityId host) {
    return replace(host.value(0), UNKNOWN);
  }

  private Change replace(String id, Facts now) {
    Facts before = facts.getOrDefault(id, UNKNOWN);
    if (now.equals(UNKNOWN)) {
      facts.remove(id);
    } else {
      facts.put(id, now);
    }
    boolean moved = !before.networks.equals(now.networks);
    if (moved) {
      before.networks.forEach(networks::remove);
      now.networks.forEach(networks::add);
    }
    return new Change(!before.name.equals(now.name), moved);
  }

  private static Set<IpNetwork> networksOf(Entity host) {
    if (!(host.attributes().get(AttributeNames.HOST_NETWORKS)
        instanceof AttributeValue.Listing listing)) {
      return Set.of();
    }
    return listing.values().stream()
        .flatMap(text -> IpNetwork.parse(text.toString()).stream())
        .filter(network -> !network.isEverything())
        .collect(Collectors.toUnmodifiableSet());
  }
}
