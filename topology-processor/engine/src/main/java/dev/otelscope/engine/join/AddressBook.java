package dev.otelscope.engine.join;

import dev.otelscope.model.AddressScope;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import java.util.Optional;
import java.util.Set;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/// Which address means whom, and who belongs to whom. Immutable; a changed book shares what did not
/// change.
///
/// ```
/// listeners   (scope, tcp, 10.0.0.7, 80)    → {process~h1~812~…}
/// holders     (global, 10.0.0.7)            → {host~h1}
///             (host h1, 172.17.0.1)         → {host~h1}
/// kin         process~h1~813~…              → parent process~h1~812~…, container container~79c…
/// ```
///
/// The scope to look under is that of the flow, which its observer said.
public final class AddressBook {
  public static final AddressBook EMPTY =
      new AddressBook(HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty());

  private final PMap<Socket, PSet<EntityId>> listeners;
  private final PMap<Place, PSet<EntityId>> holders;
  private final PMap<EntityId, Kin> kin;

  private AddressBook(
      PMap<Socket, PSet<EntityId>> listeners,
      PMap<Place, PSet<EntityId>> holders,
      PMap<EntityId, Kin> kin) {
    this.listeners = listeners;
    this.holders = holders;
    this.kin = kin;
  }

  /// Where a socket listens.
  public record Socket(AddressScope scope, Transport transport, IpAddress address, int port) {}

  /// An address where it means something.
  public record Place(AddressScope scope, IpAddress address) {}

  /// What an entity belongs to.
  public record Kin(Optional<EntityId> parent, Optional<EntityId> container) {}

  public Set<EntityId> listening(Socket socket) {
    return listeners.getOrDefault(socket, HashTreePSet.empty());
  }

  public Set<EntityId> holding(Place place) {
    return holders.getOrDefault(place, HashTreePSet.empty());
  }

  /// The process that started this one.
  Optional<EntityId> parentOf(EntityId process) {
    Kin known = kin.get(process);
    return known == null ? Optional.empty() : known.parent();
  }

  Optional<EntityId> containerOf(EntityId process) {
    Kin known = kin.get(process);
    return known == null ? Optional.empty() : known.container();
  }

  /// The host of an entity whose identity names one.
  static Optional<EntityId> hostOf(EntityId entity) {
    return switch (entity.type()) {
      case EntityType.HOST -> Optional.of(entity);
      case EntityType.PROCESS, EntityType.UNATTRIBUTED ->
          Optional.of(EntityId.of(EntityType.HOST, entity.value(0)));
      default -> Optional.empty();
    };
  }

  public AddressBook withListener(Socket socket, EntityId entity) {
    return new AddressBook(added(listeners, socket, entity), holders, kin);
  }

  public AddressBook withoutListener(Socket socket, EntityId entity) {
    return new AddressBook(removed(listeners, socket, entity), holders, kin);
  }

  public AddressBook withHolder(Place place, EntityId entity) {
    return new AddressBook(listeners, added(holders, place, entity), kin);
  }

  public AddressBook withoutHolder(Place place, EntityId entity) {
    return new AddressBook(listeners, removed(holders, place, entity), kin);
  }

  public AddressBook withKin(EntityId entity, Kin relatives) {
    return new AddressBook(listeners, holders, kin.plus(entity, relatives));
  }

  public AddressBook withoutKin(EntityId entity) {
    return new AddressBook(listeners, holders, kin.minus(entity));
  }

  private static <K> PMap<K, PSet<EntityId>> added(
      PMap<K, PSet<EntityId>> map, K key, EntityId entity) {
    return map.plus(key, map.getOrDefault(key, HashTreePSet.empty()).plus(entity));
  }

  private static <K> PMap<K, PSet<EntityId>> removed(
      PMap<K, PSet<EntityId>> map, K key, EntityId entity) {
    PSet<EntityId> left = map.getOrDefault(key, HashTreePSet.empty()).minus(entity);
    return left.isEmpty() ? map.minus(key) : map.plus(key, left);
  }
}
