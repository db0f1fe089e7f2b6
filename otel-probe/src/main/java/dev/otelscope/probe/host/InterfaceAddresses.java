package dev.otelscope.probe.host;

import dev.otelscope.model.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.TreeSet;

/// The addresses of the interfaces of one network namespace.
///
/// @param networks ranges that the interfaces are in, such as `10.0.0.0/8`, without those of
///   loopback and link-local addresses
public record InterfaceAddresses(Set<IpAddress> addresses, Set<String> networks) {
  public InterfaceAddresses {
    addresses = Set.copyOf(addresses);
    networks = Set.copyOf(networks);
  }

  /// Reads `fib_trie` and `if_inet6` of a directory like `/proc/self/net`; empty when that is not
  /// possible.
  static Optional<InterfaceAddresses> read(Path net) {
    Set<IpAddress> addresses = new TreeSet<>();
    Set<String> networks = new TreeSet<>();
    try {
      readV4(Files.readAllLines(net.resolve("fib_trie")), addresses, networks);
      Path v6 = net.resolve("if_inet6");
      if (Files.exists(v6)) {
        readV6(Files.readAllLines(v6), addresses, networks);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.of(new InterfaceAddresses(addresses, networks));
  }

  /// A leaf is an address, followed by lines that say which prefixes begin there:
  ///
  /// ```
  /// |-- 192.0.2.0
  ///    /24 link UNICAST
  /// |-- 192.0.2.2
  ///    /32 host LOCAL
  /// ```
  private static void readV4(List<String> lines, Set<IpAddress> addresses, Set<String> networks) {
    String leaf = "";
    for (String line : lines) {
      List<String> words = words(line);
      if (words.size() == 2 && words.getFirst().equals("|--")) {
        leaf = words.getLast();
      } else if (words.equals(List.of("/32", "host", "LOCAL"))) {
        addresses.add(IpAddress.parse(leaf));
      } else if (words.size() == 3 && words.subList(1, 3).equals(List.of("link", "UNICAST"))) {
        addNetwork(IpAddress.parse(leaf), words.getFirst().substring(1), networks);
      }
    }
  }

  /// `fe800000000000000000000000000001 02 40 20 80 eth0`: address, index, prefix length, scope,
  /// flags, name; numbers are hexadecimal.
  private static void readV6(List<String> lines, Set<IpAddress> addresses, Set<String> networks) {
    for (String line : lines) {
      List<String> words = words(line);
      byte[] bytes = HexFormat.of().parseHex(words.getFirst());
      addresses.add(IpAddress.ofBytes(bytes));
      int prefix = Integer.parseInt(words.get(2), 16);
      for (int bit = prefix; bit < 128; bit++) {
        bytes[bit / 8] &= (byte) ~(0x80 >>> bit % 8);
      }
      addNetwork(IpAddress.ofBytes(bytes), Integer.toString(prefix), networks);
    }
  }

  private static void addNetwork(IpAddress first, String prefix, Set<String> networks) {
    if (!first.isLoopback() && !first.isLinkLocal() && !first.isUnspecified()) {
      networks.add(first + "/" + prefix);
    }
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    for (StringTokenizer tokens = new StringTokenizer(line); tokens.hasMoreTokens(); ) {
      words.add(tokens.nextToken());
    }
    return words;
  }
}
