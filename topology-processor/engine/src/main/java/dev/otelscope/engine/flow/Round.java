package dev.otelscope.engine.flow;

import dev.otelscope.engine.join.AddressBook;
import dev.otelscope.model.IpAddress;
import java.util.Set;

/// A request to a shard: to join again what changed, as of now.
///
/// @param book to join with
/// @param changed addresses that mean something else in this book than in the one before
/// @param kinChanged whether who belongs to whom changed
/// @param silent producers that have fallen silent
public record Round(
    long nowMillis,
    AddressBook book,
    Set<IpAddress> changed,
    boolean kinChanged,
    Set<String> silent) {
  public Round {
    changed = Set.copyOf(changed);
    silent = Set.copyOf(silent);
  }
}
