package dev.otelscope.otlp;

import java.util.Arrays;

/// Where the attributes of the last point stand, to tell which ones of the next are the same
/// without looking into them. One thread.
final class AttributeRun {
  /*
   * Points of a metric follow each other with the same keys in the same order, and most values the
   * same, too. So a point is compared with the one before it, byte by byte and over as many pairs as
   * come out equal at once, which is several times as fast as reading them.
   *
   * Rows
   *   Row i is the i-th pair of the set. The rows from 0 on were read from the bytes between their
   *   `starts` and `ends`, of the message that is being read; between two of them stands nothing but
   *   their tag, in one byte. Where that ends, the run ends.
   *
   * Places
   *   Rows are moved to the point at hand one by one, as they are met. Those which are not yet met
   *   still tell of the point before.
   */

  private int[] starts = new int[0];
  private int[] ends = new int[0];
  private int rows;
  private long pass;
  private int tag;

  /// A point begins, whose pairs stand behind this tag, after one with so many rows.
  void begin(WireReader in, int tagOfPairs, int before) {
    boolean goesOn = pass == in.pass() && tag == tagOfPairs;
    cut(goesOn ? before : 0); // what stood in another message may be gone
    pass = in.pass();
    tag = tagOfPairs;
  }

  /// How many pairs, from the first on, the run has.
  int rows() {
    return rows;
  }

  /// Passes over the pairs that are, from this row on, the same as in the last point.
  ///
  /// @param in behind a tag
  /// @return how many, 0 when the row itself is another or beyond the run
  int repeated(WireReader in, int row) {
    if (row >= rows || !joins(row, in.position())) {
      cut(row);
      return 0;
    }
    int from = starts[row];
    int at = in.position();
    int same = in.same(from, ends[rows - 1] - from);
    int next = row;
    while (next < rows && ends[next] - from <= same) {
      starts[next] += at - from;
      ends[next] += at - from;
      next++;
    }
    if (next > row) {
      in.position(ends[next - 1]);
    }
    return next - row;
  }

  /// The row has been read from these bytes. Does not count when they do not join on.
  void put(int row, int start, int end) {
    if (row > rows || !joins(row, start)) {
      return;
    }
    if (row == starts.length) {
      starts = Arrays.copyOf(starts, Math.max(8, 2 * row));
      ends = Arrays.copyOf(ends, starts.length);
    }
    starts[row] = start;
    ends[row] = end;
    rows = Math.max(rows, row + 1);
  }

  /// Whether what starts there would follow the row before.
  private boolean joins(int row, int start) {
    return row == 0 || start == ends[row - 1] + 1;
  }

  /// This row and those after it are not what stands at their place.
  void cut(int row) {
    rows = Math.min(rows, row);
  }
}
