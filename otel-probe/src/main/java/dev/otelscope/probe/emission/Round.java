package dev.otelscope.probe.emission;

/// One collection.
///
/// @param nowNanos since 1970, later than that of every round before
/// @param previousNanos of the round before; where a series that is new now began
/// @param previousArrived whether the receiver has accepted all of the round before
/// @param everything whether unchanged points go, too
/// @param refreshBeforeNanos a point that was last sent before this goes again
/// @param temporality what counters are sent as
record Round(
    long nowNanos,
    long previousNanos,
    boolean previousArrived,
    boolean everything,
    long refreshBeforeNanos,
    Temporality temporality) {

  Round {
    if (previousNanos >= nowNanos) {
      throw new IllegalArgumentException(
          "a round at " + nowNanos + " does not follow one at " + previousNanos);
    }
  }
}
