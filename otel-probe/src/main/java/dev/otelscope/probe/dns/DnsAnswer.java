package dev.otelscope.probe.dns;

import dev.otelscope.model.IpAddress;
import java.util.Map;

/// A name server's answer to a question for addresses.
///
/// @param name that was asked for
/// @param addresses all that it has of one family, each with the seconds for which that is good
record DnsAnswer(String name, Map<IpAddress, Integer> addresses) {
  DnsAnswer {
    addresses = Map.copyOf(addresses);
  }
}
