package dev.otelscope.model;

import static java.util.Objects.requireNonNull;

/// The version of a graph: `epoch:number`. The epoch is new at every start of the processor, so
/// revisions of two runs are never mistaken for each other.
///
/// @param number 0 for the empty graph, then counting up
public record Revision(String epoch, long number) {

  /// The revision of [GraphSnapshot#EMPTY], which belongs to every epoch.
  public static final Revision NONE = new Revision("", 0);

  public Revision {
    requireNonNull(epoch, "epoch");
    if (number < 0 || epoch.indexOf(':') >= 0 || epoch.isEmpty() != (number == 0)) {
      throw new IllegalArgumentException("not a revision: '" + epoch + "' : " + number);
    }
  }

  /// @throws IllegalArgumentException when `text` is not what [#toString] writes
  public static Revision parse(String text) {
    int colon = text.indexOf(':');
    try {
      return new Revision(
          text.substring(0, colon), Long.parseLong(text, colon + 1, text.length(), 10));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IllegalArgumentException("a revision is 'epoch:number', not '" + text + "'", e);
    }
  }

  @Override
  public String toString() {
    return epoch + ":" + number;
  }
}
