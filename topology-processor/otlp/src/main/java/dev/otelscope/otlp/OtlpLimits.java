package dev.otelscope.otlp;

/// What a reader takes at most, so that memory and stack are bounded whatever the bytes say. The
/// size of a whole message is the receiver's to check.
///
/// @param nesting how deep lists and maps may stand in each other; a message that goes deeper is
///   malformed
/// @param attributes pairs of one resource, point or exemplar; the surplus ones are left out
/// @param attributeBytes bytes of a key or a value; a longer text is cut at a character, any other
///   longer value becomes empty, a pair with a longer key is left out
/// @param exemplars of one point; the surplus ones are left out
public record OtlpLimits(int nesting, int attributes, int attributeBytes, int exemplars) {

  public static final OtlpLimits DEFAULT = new OtlpLimits(16, 128, 16_384, 64);

  public OtlpLimits {
    if (nesting < 1 || attributes < 1 || attributeBytes < 1 || exemplars < 0) {
      throw new IllegalArgumentException(
          "limits must be positive: nesting %d, attributes %d, attribute bytes %d, exemplars %d"
              .formatted(nesting, attributes, attributeBytes, exemplars));
    }
    if (nesting > 30) {
      throw new IllegalArgumentException(
          "a nesting of " + nesting + " is more than other readers of protobuf take; at most 30");
    }
  }
}
