package dev.otelscope.query.details;

import java.util.Arrays;

/// The last values of a few figures of one thing, at most one sample per second. Grows as samples
/// come, so what never changes stays small. Not thread-safe.
final class Track {
  static final int CAPACITY = 60;
  private static final int FIRST_CAPACITY = 4;

  private final int width;
  private long[] seconds = new long[FIRST_CAPACITY];
  private float[] values;
  private int start;
  private int size;

  /// @param width how many figures a sample has
  Track(int width) {
    this.width = width;
    values = new float[FIRST_CAPACITY * width];
  }

  /// Notes the figures as of this second; a second sample of the same second replaces the first.
  void add(long second, float... figures) {
    int index;
    if (size > 0 && seconds[at(size - 1)] >= second) {
      index = at(size - 1);
    } else {
      index = nextIndex();
      seconds[index] = second;
    }
    System.arraycopy(figures, 0, values, index * width, width);
  }

  private int nextIndex() {
    if (size == CAPACITY) {
      int oldest = start;
      start = at(1);
      return oldest;
    }
    if (size == seconds.length) {
      grow();
    }
    size++;
    return at(size - 1);
  }

  private void grow() {
    int capacity = Math.min(CAPACITY, seconds.length * 2);
    seconds = Arrays.copyOf(seconds, capacity); // start is 0 until the track is full
    values = Arrays.copyOf(values, capacity * width);
  }

  private int at(int position) {
    return (start + position) % seconds.length;
  }

  int size() {
    return size;
  }

  /// When the sample was taken, 0 being the oldest.
  long second(int position) {
    return seconds[at(position)];
  }

  /// A figure as it was at `second`: that of the last sample until then, NaN before the first.
  float valueAt(long second, int figure) {
    float value = Float.NaN;
    for (int position = 0; position < size && second(position) <= second; position++) {
      value = values[at(position) * width + figure];
    }
    return value;
  }
}
