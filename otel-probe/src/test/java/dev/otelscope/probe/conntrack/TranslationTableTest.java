package dev.otelscope.probe.conntrack;

import static dev.otelscope.probe.connection.Socket.Direction.INBOUND;
import static dev.otelscope.probe.connection.Socket.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ServerAddress;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.connection.Translation;
import org.junit.jupiter.api.Test;

class TranslationTableTest {
  private static final SocketTuple CLIENT = tcp("10.0.0.1", 40_000, "10.96.0.1", 80);
  private static final SocketTuple SERVER = tcp("10.0.2.7", 8080, "10.0.0.1", 40_000);

  private final TranslationTable table = new TranslationTable();

  @Test
  void eachEndLeadsToTheOtherWhereverTheTranslationHappens() {
    table.add("router", CLIENT, SERVER);

    assertThat(table.of("pod", CLIENT)).contains(new Translation(SERVER, OUTBOUND));
    assertThat(table.of("backend", SERVER)).contains(new Translation(CLIENT, INBOUND));
    assertThat(table.of("pod", CLIENT.reversed())).isEmpty();
  }

  @Test
  void aConnectionIsFollowedThroughSeveralTranslations() {
    SocketTuple masqueraded = tcp("10.0.2.7", 8080, "192.0.2.1", 50_000);
    SocketTuple redirected = tcp("10.0.2.7", 15_006, "192.0.2.1", 50_000);
    table.add("first router", CLIENT, SERVER);
    table.add("second router", SERVER.reversed(), masqueraded);
    table.add("backend", masqueraded.reversed(), redirected);

    assertThat(table.of("pod", CLIENT)).contains(new Translation(redirected, OUTBOUND));
    assertThat(table.of("backend", redirected)).contains(new Translation(CLIENT, INBOUND));
  }

  @Test
  void theOwnNamespaceIsMeantBeforeOthers() {
    SocketTuple other = tcp("10.0.2.8", 8080, "10.0.0.1", 40_000);
    table.add("elsewhere", CLIENT, other);
    table.add("own", CLIENT, SERVER);

    assertThat(table.of("own", CLIENT)).contains(new Translation(SERVER, OUTBOUND));
  }

  @Test
  void twoOtherNamespacesThatTranslateTheSameAddressesAreNotToldApart() {
    SocketTuple other = tcp("10.0.2.8", 8080, "10.0.0.1", 40_000);
    table.add("one", CLIENT, SERVER);
    table.add("another", CLIENT, other);

    assertThat(table.of("pod", CLIENT)).isEmpty();
  }

  @Test
  void loopbackAddressesMeanSomethingInTheirOwnNamespaceOnly() {
    SocketTuple published = tcp("127.0.0.1", 40_000, "127.0.0.1", 80);
    table.add("1", published, tcp("172.17.0.2", 80, "172.17.0.1", 40_000));

    assertThat(table.of("1", published)).isPresent();
    assertThat(table.of("2", published)).isEmpty();
  }

  @Test
  void aForgottenConnectionIsGoneButNotTheOneThatCameInItsPlace() {
    SocketTuple next = tcp("10.0.2.8", 8080, "10.0.0.1", 40_000);
    table.add("1", CLIENT, SERVER);
    table.add("1", CLIENT, next);
    table.remove("1", CLIENT, SERVER);

    assertThat(table.of("1", CLIENT)).contains(new Translation(next, OUTBOUND));
    assertThat(table.of("1", SERVER)).isEmpty();
    table.remove("1", CLIENT, next);
    assertThat(table.of("1", CLIENT)).isEmpty();
    assertThat(table.size()).isZero();
  }

  @Test
  void whatADumpDoesNotTellIsForgottenInItsNamespaceOnly() {
    table.add("1", port(1), reply(1));
    table.add("1", port(2), reply(2));
    table.add("2", port(3), reply(3));
    long dump = table.beginDump();
    table.add("1", port(2), reply(2));
    table.sweep("1", dump);

    assertThat(table.of("1", port(1))).isEmpty();
    assertThat(table.of("1", port(2))).isPresent();
    assertThat(table.of("2", port(3))).isPresent();
  }

  @Test
  void aNamespaceThatIsGoneTakesItsTranslationsAlong() {
    table.add("1", port(1), reply(1));
    table.add("2", port(2), reply(2));
    table.forget("1");

    assertThat(table.of("1", port(1))).isEmpty();
    assertThat(table.of("2", port(2))).isPresent();
  }

  @Test
  void theOldestGiveWayAtTheLimit() {
    for (int i = 0; i < TranslationTable.LIMIT + 3; i++) {
      table.add("1", port(i), reply(i));
    }

    assertThat(table.size()).isEqualTo(TranslationTable.LIMIT);
    assertThat(table.of("1", port(2))).isEmpty();
    assertThat(table.of("1", reply(2))).isEmpty();
    assertThat(table.of("1", port(3))).isPresent();
  }

  @Test
  void serversAreKnownByWhatWasAskedForAndWhatWasReached() {
    table.add("1", CLIENT, SERVER);
    table.remove("1", CLIENT, SERVER);

    assertThat(table.servers())
        .containsExactlyInAnyOrder(server("10.96.0.1", 80), server("10.0.2.7", 8080));
  }

  @Test
  void serversOnTheInternetAreNotKeptForTheirClientsAlone() {
    table.add(
        "1",
        tcp("10.0.0.1", 40_000, "192.0.2.9", 443),
        tcp("192.0.2.9", 443, "198.51.100.1", 40_000));
    table.add(
        "1",
        tcp("10.0.0.1", 40_001, "10.0.9.9", 443),
        tcp("10.0.9.9", 443, "198.51.100.1", 40_001));

    assertThat(table.servers()).containsExactly(server("10.0.9.9", 443));
  }

  @Test
  void onlySoManyServersAreKept() {
    for (int i = 0; i <= TranslationTable.SERVER_LIMIT; i++) {
      table.add("1", tcp("10.0.0.1", i, "10.96.0.1", i), tcp("10.0.2.7", i, "10.0.0.1", i));
    }

    assertThat(table.servers()).hasSize(TranslationTable.SERVER_LIMIT);
  }

  private static ServerAddress server(String address, int port) {
    return new ServerAddress(IpAddress.parse(address), port);
  }

  private static SocketTuple port(int port) {
    return tcp("10.0.0.1", port, "10.96.0.1", 80);
  }

  private static SocketTuple reply(int port) {
    return tcp("10.0.2.7", 8080, "10.0.0.1", port);
  }

  private static SocketTuple tcp(String local, int localPort, String remote, int remotePort) {
    return new SocketTuple(
        Transport.TCP, IpAddress.parse(local), localPort, IpAddress.parse(remote), remotePort);
  }
}
