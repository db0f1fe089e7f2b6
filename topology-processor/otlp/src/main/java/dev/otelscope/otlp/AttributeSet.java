package dev.otelscope.otlp;

import dev.otelscope.model.AttributeValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// An index over the pairs of one resource, point or exemplar, refilled for each. One thread.
final class AttributeSet implements AttributesView {
  /*
   * Rows
   *   `pairs` grows to one more than the limit and is never shrunk; its first `size` ones are the
   *   set. A pair is read into the first free row; it becomes part of the set when `size` goes past
   *   it, or takes the place of the older pair with the same key.
   *
   * Repeated keys
   *   `seen` has the bit of each fingerprint's lowest six bits. Only when the bit of a new pair is
   *   set already may there be an older one with its key, and is one looked for.
   */

  private final OtlpLimits limits;
  private final MessageCheck check;
  private final TextCache cache;
  private final List<AttributePair> pairs = new ArrayList<>();
  private int size;
  private long seen;
  private long overLimit;

  AttributeSet(OtlpLimits limits, MessageCheck check, TextCache cache) {
    this.limits = limits;
    this.check = check;
    this.cache = cache;
  }

  void clear() {
    size = 0;
    seen = 0;
  }

  /// How many pairs a limit left out, cut or emptied since this set was made.
  long overLimit() {
    return overLimit;
  }

  /// Reads the `KeyValue` behind a tag.
  void add(WireReader in) throws MalformedOtlpException {
    if (size == pairs.size()) {
      pairs.add(new AttributePair(check, cache));
    }
    AttributePair pair = pairs.get(size);
    pair.read(in);
    if (pair.key().length() > limits.attributeBytes()) {
      overLimit++;
      return;
    }
    if (pair.cut(limits.attributeBytes())) {
      overLimit++;
    }
    settle(pair);
  }

  private void settle(AttributePair pair) {
    long bit = 1L << pair.fingerprint();
    if ((seen & bit) != 0) {
      for (int i = 0; i < size; i++) {
        if (pairs.get(i).hasKeyOf(pair)) {
          Collections.swap(pairs, i, size);
          return;
        }
      }
    }
    if (size == limits.attributes()) {
      overLimit++;
      return;
    }
    seen |= bit;
    size++;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int find(Utf8 key) {
    int fingerprint = key.fingerprint();
    if ((seen & 1L << fingerprint) == 0) {
      return -1;
    }
    for (int i = 0; i < size; i++) {
      AttributePair pair = pairs.get(i);
      if (pair.fingerprint() == fingerprint && pair.key().is(key)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public TextView key(int index) {
    return pair(index).key();
  }

  @Override
  public ValueType type(int index) {
    return pair(index).type();
  }

  @Override
  public TextView text(int index) {
    return pair(index).text();
  }

  @Override
  public long whole(int index) {
    return pair(index).whole();
  }

  @Override
  public double decimal(int index) {
    return pair(index).decimal();
  }

  @Override
  public boolean truth(int index) {
    return pair(index).truth();
  }

  @Override
  public AttributeValue value(int index) {
    return pair(index).value();
  }

  @Override
  public String string(Utf8 key) {
    int index = find(key);
    if (index < 0) {
      return "";
    }
    AttributePair pair = pair(index);
    return pair.type() == ValueType.TEXT ? pair.text().string() : pair.value().toString();
  }

  private AttributePair pair(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("attribute " + index + " of " + size);
    }
    return pairs.get(index);
  }
}
