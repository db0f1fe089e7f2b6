package dev.otelscope.views;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.EntityId;

/// The identity of an edge between two nodes of a view. Its text form, `source!target`, needs no
/// escaping in a URL path.
///
/// @param source who connected
/// @param target who accepted
public record EdgeId(EntityId source, EntityId target) implements Comparable<EdgeId> {
  private static final char SEPARATOR = '!';

  public EdgeId {
    requireNonNull(source, "source");
    requireNonNull(target, "target");
  }

  /// @throws IllegalArgumentException when `text` is not what [#toString] writes
  public static EdgeId parse(String text) {
    int separator = text.indexOf(SEPARATOR);
    if (separator < 0) {
      throw new IllegalArgumentException("an edge is 'source!target', not '" + text + "'");
    }
    return new EdgeId(
        EntityId.parse(text.substring(0, separator)),
        EntityId.parse(text.substring(separator + 1)));
  }

  boolean isLoop() {
    return source.equals(target);
  }

  @Override
  public int compareTo(EdgeId other) {
    int order = source.compareTo(other.source);
    return order != 0 ? order : target.compareTo(other.target);
  }

  @Override
  public String toString() {
    return source.toString() + SEPARATOR + target;
  }
}
