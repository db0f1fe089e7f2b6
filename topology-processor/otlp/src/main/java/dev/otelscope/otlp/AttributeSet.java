package dev.otelscope.otlp;

import dev.otelscope.model.AttributeValue;
import java.util.Arrays;

/// An index over the pairs of one resource, point or exemplar, refilled for each. One thread.
final class AttributeSet implements AttributesView {
  /*
   * Rows
   *   `pairs`, and beside it the fingerprints of their keys, grows to one more than the limit and is
   *   never shrunk; the first `size` ones are the set. A pair is read into the first free row; it
   *   becomes part of the set when `size` goes past it, or takes the place of the older pair with
   *   the same key.
   *
   * The point before
   *   Rows keep what they held until they are read again, so those that the run finds unchanged are
   *   taken over as they are. The keys of the run's rows are different from each other; as long as
   *   keys come as they did in the last point, none can be a repeated one.
   *
   * Repeated keys
   *   `seen` has, for each row, the bit of its fingerprint's lowest six bits, and may have more. Only
   *   when the bit of a new pair is set already may there be an older one with its key, and is one
   *   looked for.
   */

  private final OtlpLimits limits;
  private final MessageCheck check;
  private final TextCache cache;
  private final AttributeRun run = new AttributeRun();
  private AttributePair[] pairs = new AttributePair[0];
  private int[] fingerprints = new int[0];
  private int tag;
  private int size;
  private long seen;
  private long overLimit;

  AttributeSet(OtlpLimits limits, MessageCheck check, TextCache cache) {
    this.limits = limits;
    this.check = check;
    this.cache = cache;
  }

  /// Begins a set whose pairs stand behind this tag.
  void clear(WireReader in, int tagOfPairs) {
    tag = tagOfPairs;
    run.begin(in, tag, size);
    size = 0;
    if (run.rows() == 0) {
      seen = 0;
    }
  }

  /// How many pairs a limit left out, cut or emptied since this set was made.
  long overLimit() {
    return overLimit;
  }

  /// Reads the `KeyValue` behind a tag, and those that follow it.
  void add(WireReader in) throws MalformedOtlpException {
    do {
      int repeated = run.repeated(in, size);
      if (repeated > 0) {
        size += repeated;
      } else {
        read(in);
      }
    } while (in.skipTag(tag));
  }

  private void read(WireReader in) throws MalformedOtlpException {
    if (size == pairs.length) {
      grow();
    }
    AttributePair pair = pairs[size];
    int start = in.position();
    boolean isWhole = readWhole(pair, in);
    if (!isWhole && !isCut(pair)) {
      return;
    }
    if (size < run.rows() || settle(pair)) {
      if (isWhole) {
        run.put(size, start, in.position());
      }
      size++;
    }
  }

  /// Reads a pair, and ends the run where another one stands than in the last point, or one that
  /// may have to be cut.
  ///
  /// @return whether it is within the limits
  private boolean readWhole(AttributePair pair, WireReader in) throws MalformedOtlpException {
    boolean isOfRun = size < run.rows();
    Text before = isOfRun ? pair.key().text() : Text.EMPTY;
    pair.read(in);
    boolean isWhole = pair.length() <= limits.attributeBytes();
    if (isOfRun && !(isWhole && pair.key().text() == before)) {
      endRun();
    }
    return isWhole;
  }

  private void endRun() {
    run.cut(size);
    seen = 0;
    for (int i = 0; i < size; i++) {
      seen |= 1L << fingerprints[i];
    }
  }

  private void grow() {
    int rows = Math.min(Math.max(8, 2 * size), limits.attributes() + 1);
    pairs = Arrays.copyOf(pairs, rows);
    fingerprints = Arrays.copyOf(fingerprints, rows);
    for (int i = size; i < rows; i++) {
      pairs[i] = new AttributePair(check, cache);
    }
  }

  /// Makes a pair fit the limits.
  ///
  /// @return false when it cannot
  private boolean isCut(AttributePair pair) {
    int most = limits.attributeBytes();
    boolean fits = pair.key().length() <= most;
    if (!fits || pair.cut(most)) {
      overLimit++;
    }
    return fits;
  }

  /// Gives a pair its row.
  ///
  /// @return whether it is one more; false when it has taken the place of another, or is one too
  ///   many
  private boolean settle(AttributePair pair) {
    int fingerprint = pair.key().text().fingerprint();
    long bit = 1L << fingerprint;
    if ((seen & bit) != 0) {
      for (int i = 0; i < size; i++) {
        if (fingerprints[i] == fingerprint && pairs[i].key().hasBytesOf(pair.key())) {
          pairs[size] = pairs[i];
          pairs[i] = pair;
          run.cut(i);
          return false;
        }
      }
    }
    if (size == limits.attributes()) {
      overLimit++;
      return false;
    }
    fingerprints[size] = fingerprint;
    seen |= bit;
    return true;
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
      if (fingerprints[i] == fingerprint && pairs[i].key().is(key)) {
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
    return pairs[index];
  }
}
