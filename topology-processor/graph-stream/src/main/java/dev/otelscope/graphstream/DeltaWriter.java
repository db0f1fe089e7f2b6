package dev.otelscope.graphstream;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.otelscope.model.AttributeValue;
import dev.otelscope.model.Coverage;
import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.Entity;
import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.Listener;
import dev.otelscope.model.Measurement;
import dev.otelscope.model.Traffic;
import dev.otelscope.model.VirtualAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes one delta as CBOR; [DeltaReader] is its inverse. For one delta, then thrown away.
final class DeltaWriter {
  /*
   * Format 1
   *   Arrays without field names. A word is the index of a text in the table at the front, so that
   *   an id, an attribute's name or a unit is there once however often it is used, and a reader
   *   makes one object of it.
   *
   *     delta        [[text, …], [base, next, time, [entity, …], [id, …], [edge, …], [edge key, …],
   *                   [coverage, …], [word, …]]]
   *     entity       [id, [word, value, …], [relation, id, …], [word, measurement, …],
   *                   [listener, …], first seen, stale]
   *     measurement  [metric, [word, word, …], unit, value, rate, time]
   *     listener     [address, port, transport]
   *     edge key     [client, server, transport, port]
   *     edge         [edge key, protocol, active, totals, rates, [error type, count, …], rtt,
   *                   pairing, [source, …], [virtual address, …], first seen, stale]
   *     virtual address  [address, port]
   *     traffic      [opened, failed, reset, bytes sent, bytes received, retransmits]
   *     coverage     [key, subject, severity, message, since]
   *     time         [seconds since 1970, nanoseconds]
   *
   *   Revisions, ids, addresses and enums are words. Attribute values are CBOR's own types.
   */

  static final int FORMAT = 2;

  private static final byte ARRAY_OF_TWO = (byte) 0x82;
  private static final CBORFactory CBOR =
      CBORFactory.builder().enable(CBORGenerator.Feature.LENIENT_UTF_ENCODING).build();

  private final Map<String, Integer> words = new LinkedHashMap<>();
  private final CBORGenerator out;

  private DeltaWriter(CBORGenerator out) {
    this.out = out;
  }

  static byte[] write(GraphDelta delta) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (CBORGenerator bodyOut = CBOR.createGenerator(body);
        CBORGenerator tableOut = CBOR.createGenerator(whole)) {
      DeltaWriter writer = new DeltaWriter(bodyOut);
      writer.delta(delta);
      bodyOut.flush();

      whole.write(ARRAY_OF_TWO);
      tableOut.writeStartArray(null, writer.words.size());
      for (String word : writer.words.keySet()) {
        tableOut.writeString(word);
      }
      tableOut.writeEndArray();
      tableOut.flush();
      body.writeTo(whole);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return whole.toByteArray();
  }

  private void delta(GraphDelta delta) throws IOException {
    begin(9);
    word(delta.base());
    word(delta.next());
    time(delta.time());
    each(delta.entities(), this::entity);
    each(delta.removedEntities(), this::word);
    each(delta.edges(), this::edge);
    each(delta.removedEdges(), this::edgeKey);
    each(delta.coverage(), this::coverage);
    each(delta.removedCoverage(), this::word);
    end();
  }

  private void entity(Entity entity) throws IOException {
    begin(7);
    word(entity.id());
    pairs(entity.attributes(), this::value);
    pairs(entity.relations(), this::word);
    pairs(entity.measurements(), this::measurement);
    each(entity.listeners(), this::listener);
    time(entity.firstSeen());
    out.writeBoolean(entity.stale());
    end();
  }

  private void value(AttributeValue value) throws IOException {
    switch (value) {
      case AttributeValue.Text(String text) -> out.writeString(text);
      case AttributeValue.Whole(long whole) -> out.writeNumber(whole);
      case AttributeValue.Decimal(double decimal) -> out.writeNumber(decimal);
      case AttributeValue.Truth(boolean truth) -> out.writeBoolean(truth);
      case AttributeValue.Listing(var values) -> each(values, this::value);
    }
  }

  private void measurement(Measurement measurement) throws IOException {
    begin(6);
    word(measurement.metric());
    pairs(measurement.attributes(), this::word);
    word(measurement.unit());
    out.writeNumber(measurement.value());
    out.writeNumber(measurement.rate());
    time(measurement.time());
    end();
  }

  private void listener(Listener listener) throws IOException {
    begin(3);
    word(listener.address());
    out.writeNumber(listener.port());
    word(listener.transport());
    end();
  }

  private void edge(Edge edge) throws IOException {
    begin(12);
    edgeKey(edge.key());
    word(edge.protocol());
    out.writeNumber(edge.active());
    traffic(edge.totals());
    traffic(edge.rates());
    pairs(edge.failures(), out::writeNumber);
    out.writeNumber(edge.rttSeconds());
    word(edge.pairing());
    each(edge.sources(), this::word);
    each(edge.virtualAddresses(), this::virtualAddress);
    time(edge.firstSeen());
    out.writeBoolean(edge.stale());
    end();
  }

  private void virtualAddress(VirtualAddress virtual) throws IOException {
    begin(2);
    word(virtual.address());
    out.writeNumber(virtual.port());
    end();
  }

  private void edgeKey(EdgeKey key) throws IOException {
    begin(4);
    word(key.client());
    word(key.server());
    word(key.transport());
    out.writeNumber(key.port());
    end();
  }

  private void traffic(Traffic traffic) throws IOException {
    begin(6);
    out.writeNumber(traffic.opened());
    out.writeNumber(traffic.failed());
    out.writeNumber(traffic.reset());
    out.writeNumber(traffic.bytesSent());
    out.writeNumber(traffic.bytesReceived());
    out.writeNumber(traffic.retransmits());
    end();
  }

  private void coverage(Coverage coverage) throws IOException {
    begin(5);
    word(coverage.key());
    word(coverage.subject());
    word(coverage.severity());
    out.writeString(coverage.message());
    time(coverage.since());
    end();
  }

  private void time(Instant time) throws IOException {
    begin(2);
    out.writeNumber(time.getEpochSecond());
    out.writeNumber(time.getNano());
    end();
  }

  private void word(Object word) throws IOException {
    String text = word instanceof Enum<?> constant ? constant.name() : word.toString();
    Integer next = words.size();
    Integer known = words.putIfAbsent(text, next);
    out.writeNumber((int) (known == null ? next : known));
  }

  private <T> void each(Collection<T> values, Part<T> part) throws IOException {
    begin(values.size());
    for (T value : values) {
      part.write(value);
    }
    end();
  }

  private <K, V> void pairs(Map<K, V> map, Part<V> part) throws IOException {
    begin(2 * map.size());
    for (Map.Entry<K, V> entry : map.entrySet()) {
      word(entry.getKey());
      part.write(entry.getValue());
    }
    end();
  }

  private void begin(int size) throws IOException {
    out.writeStartArray(null, size);
  }

  private void end() throws IOException {
    out.writeEndArray();
  }

  @FunctionalInterface
  private interface Part<T> {
    void write(T value) throws IOException;
  }
}
