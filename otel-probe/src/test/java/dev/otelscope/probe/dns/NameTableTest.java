package dev.otelscope.probe.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NameTableTest {
  private static final String X = "203.0.113.1";
  private static final String Y = "203.0.113.2";
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  private final NameTable table = new NameTable("1");
  private long now = -5 * MINUTE; // such a clock may begin anywhere

  @Test
  void aNameIsKnownWithTheTimeOfItsFirstAnswer() {
    table.answered(new DnsAnswer("a.example", Map.of(IpAddress.parse(X), 30)), now, 1_000);
    table.answered(new DnsAnswer("a.example", Map.of(IpAddress.parse(X), 20)), now + 1, 2_000);

    table.forEach(known -> {
      assertThat(known.name()).isEqualTo("a.example");
      assertThat(known.address()).isEqualTo(IpAddress.parse(X));
      assertThat(known.namespace()).isEqualTo("1");
      assertThat(known.sinceNanos()).isEqualTo(1_000);
      assertThat(known.ttlSeconds()).isEqualTo(20);
    });
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void aNameOutlivesAShortTimeToLive() {
    answer("a.example", 5, X);

    pass(14 * MINUTE);
    assertThat(names()).containsExactly("a.example " + X);
    pass(2 * MINUTE);
    assertThat(names()).isEmpty();
  }

  @Test
  void aNameLivesForItsTimeToLive() {
    answer("a.example", 3600, X);

    pass(59 * MINUTE);
    assertThat(names()).containsExactly("a.example " + X);
    pass(2 * MINUTE);
    assertThat(names()).isEmpty();
  }

  @Test
  void aNameLivesForAsLongAsAConnectionUsesItsAddress() {
    answer("a.example", 5, X);

    for (int i = 0; i < 60; i++) {
      pass(MINUTE);
      table.used(IpAddress.parse(X), now);
    }
    assertThat(names()).containsExactly("a.example " + X);
    pass(16 * MINUTE);
    assertThat(names()).isEmpty();
  }

  @Test
  void aNameThatMovedLosesTheAddressThatNobodyUses() {
    answer("a.example", 5, X);
    pass(MINUTE);

    answer("a.example", 5, Y);

    assertThat(names()).containsExactly("a.example " + Y);
  }

  @Test
  void aNameThatMovedKeepsTheAddressThatAConnectionUses() {
    answer("a.example", 5, X);
    pass(MINUTE);
    table.used(IpAddress.parse(X), now);

    answer("a.example", 5, Y);

    assertThat(names()).containsExactly("a.example " + X, "a.example " + Y);
  }

  @Test
  void anAddressThatIsSomeoneElsesNowIsNoLongerCalledByTheFormerName() {
    answer("a.example", 5, X);
    pass(MINUTE);
    answer("b.example", 5, X);
    table.used(IpAddress.parse(X), now);

    answer("a.example", 5, Y);

    assertThat(names()).containsExactly("a.example " + Y, "b.example " + X);
  }

  @Test
  void anAnswerWithAddressesOfOneFamilySaysNothingOfTheOther() {
    answer("a.example", 5, X);
    pass(MINUTE);

    answer("a.example", 5, "2001:db8::1");

    assertThat(names()).containsExactly("a.example 2001:db8::1", "a.example " + X);
  }

  @Test
  void ofTooManyNamesTheOneGoesThatWasOfInterestTheLongestAgo() {
    answer("used.example", 5, X);
    answer("unused.example", 5, Y);
    for (int i = 2; i < NameTable.MOST; i++) {
      answer("n" + i + ".example", 5, "198.51.100.1");
    }
    table.used(IpAddress.parse(X), now);

    answer("one-more.example", 5, "198.51.100.2");

    assertThat(table.size()).isEqualTo(NameTable.MOST);
    assertThat(names()).contains("used.example " + X).doesNotContain("unused.example " + Y);
  }

  private void answer(String name, int ttl, String... addresses) {
    Map<IpAddress, Integer> good =
        Arrays.stream(addresses).collect(Collectors.toMap(IpAddress::parse, address -> ttl));
    table.answered(new DnsAnswer(name, good), now++, now);
  }

  private void pass(long nanos) {
    now += nanos;
    table.expire(now);
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    table.forEach(known -> names.add(known.name() + " " + known.address()));
    return names;
  }
}
