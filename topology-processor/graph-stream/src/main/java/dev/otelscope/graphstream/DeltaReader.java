package dev.otelscope.graphstream;

import com.fasterxml.jackson.core.JsonToken;
import dev.otelscope.model.AttributeValue;
import dev.otelscope.model.Coverage;
import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Listener;
import dev.otelscope.model.Measurement;
import dev.otelscope.model.Pairing;
import dev.otelscope.model.Revision;
import dev.otelscope.model.Traffic;
import dev.otelscope.model.Transport;
import dev.otelscope.model.VirtualAddress;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what [DeltaWriter] writes. For one delta, then thrown away.
final class DeltaReader {
  private static final int PORTS = 0x1_0000;

  private final CborCursor in;
  private final List<String> words = new ArrayList<>();
  private @Nullable EntityId[] ids = {};

  private DeltaReader(CborCursor in) {
    this.in = in;
  }

  /// @throws MalformedGraphException for anything but the bytes of one delta
  static GraphDelta read(byte[] bytes) throws MalformedGraphException {
    try (CborCursor in = new CborCursor(bytes)) {
      GraphDelta delta = new DeltaReader(in).whole();
      if (!in.atEnd()) {
        throw in.malformed("expected the end, came more");
      }
      return delta;
    } catch (MalformedGraphException e) {
      throw e;
    } catch (IOException e) {
      throw new MalformedGraphException(0, "not readable: " + e.getMessage());
    }
  }

  private GraphDelta whole() throws IOException {
    in.beginArray();
    each(words, in::text);
    ids = new @Nullable EntityId[words.size()];
    GraphDelta delta = delta();
    in.endArray();
    return delta;
  }

  private GraphDelta delta() throws IOException {
    in.beginArray();
    GraphDelta delta =
        new GraphDelta(
            word(Revision::parse),
            word(Revision::parse),
            time(),
            list(this::entity),
            set(this::id),
            list(this::edge),
            set(this::edgeKey),
            list(this::coverage),
            set(this::word));
    in.endArray();
    return delta;
  }

  private Entity entity() throws IOException {
    in.beginArray();
    Entity entity =
        new Entity(
            id(),
            pairs(this::word, this::value),
            pairs(() -> word(Entity.Relation::valueOf), this::id),
            pairs(this::word, this::measurement),
            set(this::listener),
            time(),
            in.truth());
    in.endArray();
    return entity;
  }

  private AttributeValue value() throws IOException {
    JsonToken next = in.peek();
    if (next == JsonToken.VALUE_STRING) {
      return AttributeValue.of(in.text());
    }
    if (next == JsonToken.VALUE_NUMBER_INT) {
      return AttributeValue.of(in.whole());
    }
    if (next == JsonToken.VALUE_NUMBER_FLOAT) {
      return AttributeValue.of(in.decimal());
    }
    if (next == JsonToken.START_ARRAY) {
      return new AttributeValue.Listing(list(this::value));
    }
    return AttributeValue.of(in.truth());
  }

  private Measurement measurement() throws IOException {
    in.beginArray();
    Measurement measurement =
        new Measurement(
            word(), pairs(this::word, this::word), word(), in.decimal(), in.decimal(), time());
    in.endArray();
    return measurement;
  }

  private Listener listener() throws IOException {
    in.beginArray();
    Listener listener =
        new Listener(word(IpAddress::parse), in.index(PORTS), word(Transport::valueOf));
    in.endArray();
    return listener;
  }

  private Edge edge() throws IOException {
    in.beginArray();
    Edge edge =
        new Edge(
            edgeKey(),
            word(),
            in.whole(),
            traffic(),
            traffic(),
            pairs(this::word, in::decimal),
            in.decimal(),
            word(Pairing::valueOf),
            set(this::word),
            set(this::virtualAddress),
            time(),
            in.truth());
    in.endArray();
    return edge;
  }

  private VirtualAddress virtualAddress() throws IOException {
    in.beginArray();
    VirtualAddress virtual = new VirtualAddress(word(IpAddress::parse), in.index(PORTS));
    in.endArray();
    return virtual;
  }

  private EdgeKey edgeKey() throws IOException {
    in.beginArray();
    EdgeKey key = new EdgeKey(id(), id(), word(Transport::valueOf), in.index(PORTS));
    in.endArray();
    return key;
  }

  private Traffic traffic() throws IOException {
    in.beginArray();
    Traffic traffic =
        new Traffic(
            in.decimal(), in.decimal(), in.decimal(), in.decimal(), in.decimal(), in.decimal());
    in.endArray();
    return traffic;
  }

  private Coverage coverage() throws IOException {
    in.beginArray();
    Coverage coverage =
        new Coverage(word(), id(), word(Coverage.Severity::valueOf), in.text(), time());
    in.endArray();
    return coverage;
  }

  private Instant time() throws IOException {
    in.beginArray();
    long seconds = in.whole();
    int nanos = in.index(1_000_000_000);
    in.endArray();
    try {
      return Instant.ofEpochSecond(seconds, nanos);
    } catch (DateTimeException e) {
      throw in.malformed("not a time: " + seconds + " s after 1970");
    }
  }

  private String word() throws IOException {
    return words.get(in.index(words.size()));
  }

  private <T> T word(Function<String, T> parse) throws IOException {
    String word = word();
    try {
      return parse.apply(word);
    } catch (IllegalArgumentException e) {
      throw in.malformed(String.valueOf(e.getMessage()));
    }
  }

  private EntityId id() throws IOException {
    int index = in.index(words.size());
    EntityId id = ids[index];
    if (id == null) {
      try {
        id = EntityId.parse(words.get(index));
      } catch (IllegalArgumentException e) {
        throw in.malformed(String.valueOf(e.getMessage()));
      }
      ids[index] = id;
    }
    return id;
  }

  private <T> List<T> list(Part<T> part) throws IOException {
    List<T> values = new ArrayList<>();
    each(values, part);
    return values;
  }

  private <T> Set<T> set(Part<T> part) throws IOException {
    Set<T> values = new LinkedHashSet<>();
    each(values, part);
    return values;
  }

  private <T> void each(Collection<T> values, Part<T> part) throws IOException {
    in.beginArray();
    while (in.hasNext()) {
      values.add(part.read());
    }
    in.endArray();
  }

  private <K, V> Map<K, V> pairs(Part<K> key, Part<V> value) throws IOException {
    Map<K, V> map = new HashMap<>();
    in.beginArray();
    while (in.hasNext()) {
      map.put(key.read(), value.read());
    }
    in.endArray();
    return map;
  }

  @FunctionalInterface
  private interface Part<T> {
    T read() throws IOException;
  }
}
