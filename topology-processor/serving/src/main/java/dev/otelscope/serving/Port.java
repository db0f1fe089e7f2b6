package dev.otelscope.serving;

/// Which port to listen on.
///
/// @param number 0 for any free one
/// @param orAnyFree whether another one will do when this one is taken
public record Port(int number, boolean orAnyFree) {

  public Port {
    if (number < 0 || number > 0xFFFF) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + number);
    }
  }

  /// This one or none; 0 for any free one.
  public static Port exactly(int number) {
    return new Port(number, false);
  }

  /// This one, or any free one when it is taken.
  public static Port preferably(int number) {
    return new Port(number, true);
  }
}
