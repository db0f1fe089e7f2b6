package dev.otelscope.server.receiver;

/// What senders may use.
///
/// @param requestBytes of one request as it comes; a larger one is refused for good
/// @param decodedBytes of one request after decompression
/// @param bufferedBytes of all requests being received; what goes beyond is refused for now
/// @param requests being received or worked on; further ones are refused for now
public record ReceiverLimits(int requestBytes, int decodedBytes, int bufferedBytes, int requests) {

  public static final ReceiverLimits DEFAULTS =
      new ReceiverLimits(16 << 20, 64 << 20, 128 << 20, 1_024);

  public ReceiverLimits {
    if (requestBytes < 1
        || decodedBytes < requestBytes
        || bufferedBytes < requestBytes
        || requests < 1) {
      throw new IllegalArgumentException(
          ("requestBytes %d and requests %d must be at least 1, decodedBytes %d and bufferedBytes"
                  + " %d at least requestBytes")
              .formatted(requestBytes, requests, decodedBytes, bufferedBytes));
    }
  }
}
