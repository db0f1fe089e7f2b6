package dev.otelscope.otlp;

import java.util.Arrays;

/// Where the exemplars of a point are; their attributes are read when they are asked for.
final class ExemplarList {
  private static final int FILTERED_ATTRIBUTES = 7 << 3 | WireReader.LENGTH;

  private final int limit;
  private final MessageCheck check;
  private final AttributeSet attributes;
  private final WireReader exemplar = new WireReader();
  private byte[] bytes = new byte[0];
  private int[] offsets = new int[4];
  private int[] lengths = new int[4];
  private int size;
  private long overLimit;

  ExemplarList(OtlpLimits limits, MessageCheck check, TextCache cache) {
    this.limit = limits.exemplars();
    this.check = check;
    this.attributes = new AttributeSet(limits, check, cache);
  }

  void clear() {
    size = 0;
  }

  /// Checks and notes the `Exemplar` behind a tag.
  void add(WireReader in) throws MalformedOtlpException {
    bytes = in.bytes();
    int outer = in.enter();
    note(in.position(), in.end() - in.position());
    check.message(in, OtlpSchema.EXEMPLAR);
    in.leave(outer);
  }

  private void note(int offset, int length) {
    if (size == limit) {
      overLimit++;
      return;
    }
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
    }
    offsets[size] = offset;
    lengths[size] = length;
    size++;
  }

  int size() {
    return size;
  }

  long overLimit() {
    return overLimit + attributes.overLimit();
  }

  AttributesView attributes(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("exemplar " + index + " of " + size);
    }
    exemplar.reset(bytes, offsets[index], lengths[index]);
    attributes.clear(exemplar, FILTERED_ATTRIBUTES);
    try {
      while (exemplar.hasMore()) {
        int tag = exemplar.tag();
        if (tag == FILTERED_ATTRIBUTES) {
          attributes.add(exemplar);
        } else {
          exemplar.skip(tag);
        }
      }
    } catch (MalformedOtlpException e) {
      throw new IllegalStateException("the message changed while it was read", e);
    }
    return attributes;
  }
}
