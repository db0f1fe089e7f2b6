package dev.otelscope.views;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The pseudo nodes: where connections end of which the other side is no entity of ours, the same
/// in every view, or is one that some views have no node for.
///
/// | node | stands for |
/// |---|---|
/// | `pseudo~internet-in`, `pseudo~internet-out` | public addresses that connect to us, or we to them |
/// | `pseudo~external~<name>` | a known external service, or public addresses of a name |
/// | `pseudo~unknown~<entity>` | one address, or anything else, that nothing claims; never dropped |
/// | `pseudo~unattributed~<host>` | connections of a host whose process nobody could see |
/// | `pseudo~uncontained~<host>` | processes of a host that are in no container |
/// | `pseudo~unmanaged~<host>` | processes and containers of a host that are in no pod |
public final class Outside {
  static final String PSEUDO = "pseudo";

  /// The other end is someone on the Internet who connects to us.
  public static final EntityId INTERNET_IN = EntityId.of(PSEUDO, "internet-in");

  /// The other end is someone on the Internet to whom we connect.
  public static final EntityId INTERNET_OUT = EntityId.of(PSEUDO, "internet-out");

  private static final String EXTERNAL = "external";
  private static final String UNKNOWN = "unknown";
  private static final String UNATTRIBUTED = "unattributed";
  private static final String UNCONTAINED = "uncontained";
  private static final String UNMANAGED = "unmanaged";

  /// Kinds of node that the option [ViewOption#PSEUDO] hides.
  private static final Set<String> CAN_BE_HIDDEN =
      Set.of(UNKNOWN, UNATTRIBUTED, UNCONTAINED, UNMANAGED);

  private final List<ExternalService> services;

  /// @param services known ones; of several at one address the first counts
  public Outside(List<ExternalService> services) {
    this.services = List.copyOf(services);
  }

  /// Where the connections end of what is in no container.
  public static Place uncontained(String hostId) {
    return new Place.Through(EntityId.of(PSEUDO, UNCONTAINED, hostId));
  }

  /// Where the connections end of what is in no pod.
  public static Place unmanaged(String hostId) {
    return new Place.Through(EntityId.of(PSEUDO, UNMANAGED, hostId));
  }

  /// Whether the option [ViewOption#PSEUDO] is about this node.
  static boolean canBeHidden(ViewNode node) {
    return CAN_BE_HIDDEN.contains(node.kind());
  }

  /// Where an entity's connections end that the view itself has no place for.
  Spot place(Entity entity, Hosts hosts) {
    EntityId id = entity.id();
    if (id.isOf(EntityType.ADDRESS)) {
      return addressOf(id)
          .map(address -> placeAddress(entity, address, hosts))
          .orElseGet(() -> Spot.outside(unknown(id)));
    }
    String host = Hosts.hostOf(entity);
    return Spot.outside(host.isEmpty() ? unknown(id) : EntityId.of(PSEUDO, UNATTRIBUTED, host));
  }

  private Spot placeAddress(Entity entity, IpAddress address, Hosts hosts) {
    for (ExternalService service : services) {
      if (service.isAt(address)) {
        return Spot.outside(external(service.name()));
      }
    }
    if (!address.isPublic() || hosts.areNear(address)) {
      return Spot.outside(unknown(entity.id()));
    }
    String name = nameOf(entity);
    return name.isEmpty()
        ? new Spot(INTERNET_IN, INTERNET_OUT, false)
        : Spot.outside(external(name));
  }

  private static EntityId external(String name) {
    return EntityId.of(PSEUDO, EXTERNAL, name);
  }

  private static EntityId unknown(EntityId entity) {
    return EntityId.of(PSEUDO, UNKNOWN, entity.toString());
  }

  /// The address of an address entity, if it is one.
  public static Optional<IpAddress> addressOf(EntityId id) {
    if (!id.isOf(EntityType.ADDRESS) || id.values().size() != 2) {
      return Optional.empty();
    }
    try {
      return Optional.of(IpAddress.parse(id.value(1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// What name servers call an address, empty when they were not heard to call it anything.
  public static String nameOf(Entity address) {
    return address.text(AttributeNames.DNS_QUESTION_NAME);
  }

  /// @param count of the distinct ends that the node stands for
  /// @param entities of the graph
  ViewNode draw(EntityId node, int count, Hosts hosts, Map<EntityId, Entity> entities) {
    return switch (node.value(0)) {
      case "internet-in" -> ViewNode.pseudo(node, "internet", "Internet", "inbound", "", count);
      case "internet-out" -> ViewNode.pseudo(node, "internet", "Internet", "outbound", "", count);
      case EXTERNAL ->
          ViewNode.pseudo(node, EXTERNAL, node.value(1), "external service", "", count);
      case UNATTRIBUTED -> drawRest(node, UNATTRIBUTED, "Unattributed", count, hosts);
      case UNCONTAINED -> drawRest(node, UNCONTAINED, "Uncontained", count, hosts);
      case UNMANAGED -> {
        String host = hosts.name(node.value(1));
        yield ViewNode.pseudo(node, UNMANAGED, "Unmanaged", host, "", count);
      }
      default -> {
        EntityId entity = EntityId.parse(node.value(1));
        Entity known = entities.get(entity);
        yield drawUnknown(node, entity, known == null ? "" : nameOf(known), count, hosts);
      }
    };
  }

  /// What there is on a host besides its nodes.
  private static ViewNode drawRest(
      EntityId node, String kind, String label, int count, Hosts hosts) {
    String host = hosts.name(node.value(1));
    return ViewNode.pseudo(node, kind, label, host, host, count);
  }

  private static ViewNode drawUnknown(
      EntityId node, EntityId entity, String name, int count, Hosts hosts) {
    String text = addressOf(entity).map(IpAddress::toString).orElseGet(entity::toString);
    boolean global = !entity.isOf(EntityType.ADDRESS) || entity.value(0).equals(EntityType.GLOBAL);
    String host = global ? "" : hosts.name(entity.value(0));
    if (name.isEmpty()) {
      String what = global ? "unknown endpoint" : "unknown on " + host;
      return ViewNode.pseudo(node, UNKNOWN, text, what, host, count);
    }
    return ViewNode.pseudo(node, UNKNOWN, name, global ? text : text + " on " + host, host, count);
  }
}
