package dev.otelscope.probe.dns;

import dev.otelscope.model.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads DNS messages (RFC 1035, RFC 3596). Not thread-safe.
final class DnsMessage {
  private static final int HEADER = 12;
  private static final int RESPONSE = 0x8000;
  private static final int OPERATION = 0x7800;
  private static final int TRUNCATED = 0x0200;
  private static final int FAILURE = 0x000f;
  private static final int INTERNET = 1;
  private static final int A = 1;
  private static final int CNAME = 5;
  private static final int AAAA = 28;
  private static final int LONGEST_CHAIN = 16;

  private record Alias(String target, int ttl) {}

  private final NameReader names = new NameReader();
  private final Map<String, Alias> aliases = new HashMap<>();
  private final Map<String, Map<IpAddress, Integer>> addresses = new HashMap<>();

  /// Reads the message between two places of a packet.
  ///
  /// @return empty for a message that does not say which addresses a name has: another question, a
  ///   failure, or one that is cut short, which the client asks for again
  /// @throws MalformedAnswerException when it is no such message
  Optional<DnsAnswer> read(Packet packet, int start) throws MalformedAnswerException {
    packet.require(start, HEADER);
    int flags = packet.u16(start + 2);
    int questions = packet.u16(start + 4);
    int answers = packet.u16(start + 6);
    boolean isAnswer = (flags & (RESPONSE | OPERATION | TRUNCATED | FAILURE)) == RESPONSE;
    if (!isAnswer || questions != 1 || answers == 0) {
      return Optional.empty();
    }
    String question = names.read(packet, start, start + HEADER);
    int type = packet.u16(names.next());
    int at = names.next() + 4;
    packet.require(names.next(), 4);
    if (type != A && type != AAAA) {
      return Optional.empty();
    }
    aliases.clear();
    addresses.clear();
    for (int i = 0; i < answers; i++) {
      at = readRecord(packet, start, at, type);
    }
    return follow(question);
  }

  private int readRecord(Packet packet, int start, int at, int wanted)
      throws MalformedAnswerException {
    String owner = names.read(packet, start, at);
    int fixed = names.next();
    packet.require(fixed, 10);
    int type = packet.u16(fixed);
    boolean isInternet = packet.u16(fixed + 2) == INTERNET;
    int ttl = Math.max(0, packet.i32(fixed + 4)); // RFC 2181, 8: with the highest bit set it is 0
    int data = fixed + 10;
    int length = packet.u16(fixed + 8);
    packet.require(data, length);
    if (isInternet && type == CNAME) {
      String target = names.read(packet, start, data);
      if (names.next() != data + length) {
        throw new MalformedAnswerException("an alias at " + data + " is not as long as it says");
      }
      aliases.put(owner, new Alias(target, ttl));
    } else if (isInternet && type == wanted) {
      IpAddress address = type == A ? v4(packet, data, length) : v6(packet, data, length);
      addresses.computeIfAbsent(owner, absent -> new HashMap<>()).put(address, ttl);
    }
    return data + length;
  }

  private static IpAddress v4(Packet packet, int at, int length) throws MalformedAnswerException {
    if (length != 4) {
      throw new MalformedAnswerException("an IPv4 address of " + length + " bytes at " + at);
    }
    return IpAddress.ofV4(packet.i32(at));
  }

  private static IpAddress v6(Packet packet, int at, int length) throws MalformedAnswerException {
    if (length != 16) {
      throw new MalformedAnswerException("an IPv6 address of " + length + " bytes at " + at);
    }
    return new IpAddress(packet.i64(at), packet.i64(at + 8));
  }

  /// From the question along its aliases to the addresses, each good for as long as all on the way.
  private Optional<DnsAnswer> follow(String question) {
    String name = question;
    int ttl = Integer.MAX_VALUE;
    for (int i = 0; i <= LONGEST_CHAIN; i++) {
      Map<IpAddress, Integer> found = addresses.get(name);
      if (found != null) {
        Map<IpAddress, Integer> good = new HashMap<>();
        for (Map.Entry<IpAddress, Integer> each : found.entrySet()) {
          if (isSomewhere(each.getKey())) {
            good.put(each.getKey(), Math.min(ttl, each.getValue()));
          }
        }
        return good.isEmpty() || question.isEmpty()
            ? Optional.empty()
            : Optional.of(new DnsAnswer(question, good));
      }
      Alias alias = aliases.get(name);
      if (alias == null) {
        return Optional.empty();
      }
      name = alias.target();
      ttl = Math.min(ttl, alias.ttl());
    }
    return Optional.empty();
  }

  /// Filters of unwanted names answer with addresses that are nobody's, or everybody's own.
  private static boolean isSomewhere(IpAddress address) {
    return !address.isUnspecified() && !address.isLoopback() && !address.isMulticast();
  }
}
