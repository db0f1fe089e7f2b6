package dev.otelscope.engine.entity;

import dev.otelscope.engine.join.AddressBook;
import dev.otelscope.engine.join.AddressBook.Kin;
import dev.otelscope.engine.join.AddressBook.Place;
import dev.otelscope.engine.join.AddressBook.Socket;
import dev.otelscope.model.AddressScope;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Listener;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Keeps the address book in step with the entities, and remembers what changed since it was asked
/// last. Owned by the [EntityIndex].
///
/// An address is entered under every scope in which a flow might name it; which of them is meant,
/// the flow's observer says.
final class BookKeeper {
  private AddressBook book = AddressBook.EMPTY;
  private Set<IpAddress> changed = new HashSet<>();
  private boolean kinChanged;

  AddressBook book() {
    return book;
  }

  /// Addresses that changed their meaning since the last call.
  Set<IpAddress> drainChanged() {
    Set<IpAddress> drained = changed;
    changed = new HashSet<>();
    return drained;
  }

  /// Whether who belongs to whom changed since the last call.
  boolean drainKinChanged() {
    boolean drained = kinChanged;
    kinChanged = false;
    return drained;
  }

  void listens(EntityRecord entity, Listener listener) {
    for (AddressScope scope : scopes(entity, listener.address())) {
      book = book.withListener(socket(scope, listener), entity.id());
    }
    changed.add(listener.address());
  }

  void listensNoMore(EntityRecord entity, Listener listener) {
    for (AddressScope scope : scopes(entity, listener.address())) {
      book = book.withoutListener(socket(scope, listener), entity.id());
    }
    changed.add(listener.address());
  }

  void holds(EntityRecord host, IpAddress address) {
    for (AddressScope scope : scopes(host, address)) {
      book = book.withHolder(new Place(scope, address), host.id());
    }
    changed.add(address);
  }

  void holdsNoMore(EntityRecord host, IpAddress address) {
    for (AddressScope scope : scopes(host, address)) {
      book = book.withoutHolder(new Place(scope, address), host.id());
    }
    changed.add(address);
  }

  void isKin(EntityId entity, Kin kin) {
    book = book.withKin(entity, kin);
    kinChanged = true;
  }

  void isNoKin(EntityId entity) {
    book = book.withoutKin(entity);
    kinChanged = true;
  }

  private static List<AddressScope> scopes(EntityRecord entity, IpAddress address) {
    AddressScope host = AddressScope.host(entity.host());
    if (entity.networkNamespace().isEmpty()) {
      return List.of(AddressScope.GLOBAL, host);
    }
    AddressScope namespace = AddressScope.namespace(entity.host(), entity.networkNamespace());
    return address.isLoopback() || address.isLinkLocal()
        ? List.of(namespace)
        : List.of(AddressScope.GLOBAL, host, namespace);
  }

  private static Socket socket(AddressScope scope, Listener listener) {
    return new Socket(scope, listener.transport(), listener.address(), listener.port());
  }
}
