package dev.otelscope.probe.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Packets as Linux 6.18 gave them to the probe's socket while `getent` asked for
/// `www.example.test`, an alias of `api.example.test`.
class AnswerReaderTest {
  private static final Map<IpAddress, Integer> V4 =
      Map.of(IpAddress.parse("203.0.113.7"), 60, IpAddress.parse("203.0.113.8"), 60);
  private static final Map<IpAddress, Integer> V6 = Map.of(IpAddress.parse("2001:db8:7::7"), 60);

  private final List<DnsAnswer> answers = new ArrayList<>();
  private final AnswerReader reader = new AnswerReader(answers::add);

  @ParameterizedTest
  @ValueSource(strings = {"udp-v4-a", "udp-v6-a", "tcp-v4-a"})
  void anAliasHasTheIpv4AddressesOfWhatItStandsFor(String packet) throws IOException {
    read(golden(packet));

    assertThat(answers).containsExactly(new DnsAnswer("www.example.test", V4));
    assertThat(reader.malformed()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp-v4-aaaa", "udp-v6-aaaa", "tcp-v6-aaaa"})
  void anAliasHasTheIpv6AddressesOfWhatItStandsFor(String packet) throws IOException {
    read(golden(packet));

    assertThat(answers).containsExactly(new DnsAnswer("www.example.test", V6));
    assertThat(reader.malformed()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp-v4-unknown", "tcp-v4-handshake"})
  void whatNamesNoAddressIsPassedOver(String packet) throws IOException {
    read(golden(packet));

    assertThat(answers).isEmpty();
    assertThat(reader.malformed() + reader.incomplete()).isZero();
  }

  @Test
  void theShortestTimeOnTheWayCounts() throws IOException {
    // The alias is good for 5 s, one of the addresses for 3 s.
    String changed =
        hex("udp-v4-a")
            .replace("c00c000500010000003c", "c00c0005000100000005")
            .replace("c02e000100010000003c0004cb007108", "c02e00010001000000030004cb007108");

    read(HexFormat.of().parseHex(changed));

    assertThat(answers.getFirst().addresses())
        .isEqualTo(Map.of(IpAddress.parse("203.0.113.7"), 5, IpAddress.parse("203.0.113.8"), 3));
  }

  @Test
  void namesAreInLowerCaseWithWhatCannotBePrintedEscaped() throws IOException {
    read(HexFormat.of().parseHex(hex("udp-v4-a").replaceFirst("03777777", "0357072e")));

    assertThat(answers.getFirst().name()).isEqualTo("w\\007\\046.example.test");
  }

  @Test
  void anAddressOfANameThatNobodyAskedForIsPassedOver() throws IOException {
    read(HexFormat.of().parseHex(hex("udp-v4-a").replace("c02e00010001", "c01000010001")));

    assertThat(answers).isEmpty();
  }

  @Test
  void anAliasOfItselfIsNoAnswer() throws IOException {
    String loop =
        hex("udp-v4-a")
            .replace("0012036170" + "69076578616d706c65047465737400", "0002c00c")
            .replace("8580000100030000", "8580000100010000") // what follows is beside the point
            .replaceFirst("^4500007c", "4500006c")
            .replace("8c060068", "8c060058");

    read(HexFormat.of().parseHex(loop));

    assertThat(answers).isEmpty();
    assertThat(reader.malformed()).isZero();
  }

  @Test
  void aNameThatPointsToItselfIsMalformed() throws IOException {
    read(HexFormat.of().parseHex(hex("udp-v4-a").replaceFirst("c02e", "c050")));

    assertThat(answers).isEmpty();
    assertThat(reader.malformed()).isEqualTo(1);
  }

  @Test
  void aMessageThatGoesOnInAnotherSegmentIsCountedAsIncomplete() throws IOException {
    String longer = hex("tcp-v4-a").replace("006053ff8580", "016053ff8580");
    read(HexFormat.of().parseHex(longer));

    assertThat(answers).isEmpty();
    assertThat(reader.incomplete()).isEqualTo(1);
  }

  @Test
  void aFragmentIsCountedAsIncomplete() throws IOException {
    read(HexFormat.of().parseHex(hex("udp-v4-a").replaceFirst("31d54000", "31d52000")));

    assertThat(reader.incomplete()).isEqualTo(1);
  }

  @Test
  void everyPacketThatIsCutShortIsMalformed() throws IOException {
    byte[] whole = golden("udp-v6-aaaa");
    for (int length = 0; length < whole.length; length++) {
      reader.read(new Packet(ByteBuffer.wrap(whole)).of(length));
      assertThat(reader.malformed()).isEqualTo(length + 1);
    }
    assertThat(answers).isEmpty();
  }

  /// Any bytes end in an answer or in a count, never in an exception or a loop.
  @RepeatedTest(2000)
  void changedBytesAreUnderstoodOrCounted(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    String[] names = {"udp-v4-a", "udp-v6-aaaa", "tcp-v4-a", "tcp-v6-aaaa", "udp-v4-unknown"};
    byte[] bytes = golden(names[random.nextInt(names.length)]);
    int first = random.nextBoolean() ? 0 : 28; // often the message alone
    for (int i = random.nextInt(12); i >= 0; i--) {
      bytes[random.nextInt(first, bytes.length)] = (byte) random.nextInt();
    }
    int length = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length);

    reader.read(new Packet(ByteBuffer.wrap(bytes)).of(length));

    assertThat(answers).allMatch(answer -> !answer.name().isEmpty());
  }

  private void read(byte[] bytes) {
    reader.read(new Packet(ByteBuffer.wrap(bytes)).of(bytes.length));
  }

  private static byte[] golden(String name) throws IOException {
    return HexFormat.of().parseHex(hex(name));
  }

  private static String hex(String name) throws IOException {
    try (InputStream file =
        requireNonNull(AnswerReaderTest.class.getResourceAsStream(name + ".hex"), name)) {
      return new String(file.readAllBytes(), US_ASCII).replaceAll("\\s", "");
    }
  }
}
