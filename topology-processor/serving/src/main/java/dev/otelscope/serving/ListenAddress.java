package dev.otelscope.serving;

import java.net.InetAddress;

/// An address to listen on.
///
/// @param address never looked up from a name, so that nobody is asked what it means
/// @param insecure whether the address may be reachable from elsewhere although nobody who comes is
///   asked who they are
public record ListenAddress(InetAddress address, boolean insecure) {

  /// Only this machine, by IPv4.
  public static final ListenAddress LOOPBACK = parse("127.0.0.1", false);

  public ListenAddress {
    if (!address.isLoopbackAddress() && !insecure) {
      throw new IllegalArgumentException(
          "Listening on %s would let everyone in who can reach it: use 127.0.0.1, or --insecure if that is what you want."
              .formatted(address.getHostAddress()));
    }
  }

  /// An address as it is written, or `localhost`.
  ///
  /// @throws IllegalArgumentException for anything else, and for an address beyond this machine
  ///   that is not allowed; one sentence
  public static ListenAddress parse(String host, boolean insecure) {
    return new ListenAddress(addressOf(host), insecure);
  }

  private static InetAddress addressOf(String host) {
    if (host.equals("localhost")) {
      return InetAddress.getLoopbackAddress();
    }
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "A host is an address such as 127.0.0.1 or ::1, not '" + host + "'.", e);
    }
  }
}
