package dev.otelscope.engine.dialect;

import dev.otelscope.model.EntityId;
import org.jspecify.annotations.Nullable;

/// Entity ids met recently, by their text. One thread at a time.
final class PeerCache {
  private static final int SLOTS = 1 << 12;

  private final @Nullable String[] texts = new @Nullable String[SLOTS];
  private final @Nullable EntityId[] ids = new @Nullable EntityId[SLOTS];

  /// The entity with this text id; null for the empty text and for one that is no id, which is the
  /// same as not knowing the peer.
  @Nullable EntityId get(String text) {
    if (text.isEmpty()) {
      return null;
    }
    int slot = (text.hashCode() * 0x9E37_79B9 >>> 16) & (SLOTS - 1);
    if (!text.equals(texts[slot])) {
      texts[slot] = text;
      ids[slot] = parse(text);
    }
    return ids[slot];
  }

  private static @Nullable EntityId parse(String text) {
    try {
      return EntityId.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
