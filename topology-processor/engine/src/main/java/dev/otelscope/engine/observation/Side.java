package dev.otelscope.engine.observation;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.EntityId;
import dev.otelscope.model.VirtualAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The identity of a connection series: who observes which flow from which end. Two points belong
/// to the same series when their sides are equal (and they count the same [Figure] for the same
/// cause).
///
/// Dialects hand out the same object for the same series where they can, so equality is quick.
public final class Side {
  private final String source;
  private final String host;
  private final EntityId observer;
  private final Role role;
  private final FlowKey flow;
  private final @Nullable EntityId peer;
  private final String protocol;
  private final @Nullable VirtualAddress virtualAddress;
  private final boolean clientTranslated;
  private final long distinction;
  private final int hash;
  private final int spread;

  /// @param source the dialect's [name][Edge#sources]
  /// @param host the producer: `otelscope.host.id`
  /// @param peer the entity at the other end, where the observer knows it
  /// @param protocol application protocol, empty when not known
  /// @param virtualAddress what a client connected to, where its packets go to `flow` instead
  /// @param clientTranslated whether the client's address in `flow` is one that it was translated
  ///   to, which others may be, too
  /// @param distinction stands for everything else that makes the series another one, such as the
  ///   address before translation
  public Side(
      String source,
      String host,
      EntityId observer,
      Role role,
      FlowKey flow,
      @Nullable EntityId peer,
      String protocol,
      @Nullable VirtualAddress virtualAddress,
      boolean clientTranslated,
      long distinction) {
    this.source = requireNonNull(source, "source");
    this.host = requireNonNull(host, "host");
    this.observer = requireNonNull(observer, "observer");
    this.role = requireNonNull(role, "role");
    this.flow = requireNonNull(flow, "flow");
    this.peer = peer;
    this.protocol = requireNonNull(protocol, "protocol");
    this.virtualAddress = virtualAddress;
    this.clientTranslated = clientTranslated;
    this.distinction = distinction;
    this.hash =
        ((flow.hashCode() * 31 + observer.hashCode()) * 31 + role.hashCode()) * 31
            + Long.hashCode(distinction)
            + (peer == null ? 0 : peer.hashCode());
    this.spread = flow.pair().spread();
  }

  public String source() {
    return source;
  }

  public String host() {
    return host;
  }

  public EntityId observer() {
    return observer;
  }

  public Role role() {
    return role;
  }

  public FlowKey flow() {
    return flow;
  }

  public Optional<EntityId> peer() {
    return Optional.ofNullable(peer);
  }

  public String protocol() {
    return protocol;
  }

  public Optional<VirtualAddress> virtualAddress() {
    return Optional.ofNullable(virtualAddress);
  }

  public boolean isClientTranslated() {
    return clientTranslated;
  }

  public long distinction() {
    return distinction;
  }

  /// Spreads sides over shards so that both ends of a flow meet in one.
  public int shard(int shards) {
    return spread % shards;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Side side
            && hash == side.hash
            && distinction == side.distinction
            && role == side.role
            && observer.equals(side.observer)
            && flow.equals(side.flow)
            && source.equals(side.source)
            && protocol.equals(side.protocol)
            && peer().equals(side.peer()));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return observer + " as " + role + " of " + flow + (peer == null ? "" : " with " + peer);
  }
}
