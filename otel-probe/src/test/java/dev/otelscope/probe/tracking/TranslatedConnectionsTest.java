package dev.otelscope.probe.tracking;

import static dev.otelscope.probe.tracking.SimulatedKernel.process;
import static dev.otelscope.probe.tracking.SimulatedKernel.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.AddressScope.Reach;
import dev.otelscope.model.IpAddress;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.tracking.SeriesKey.Route;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranslatedConnectionsTest {
  private static final ProcessIdentity CLIENT = process(10);
  private static final ProcessIdentity SERVER = process(20);
  private static final LocalEntity CLIENT_ENTITY = new LocalEntity.OfProcess(CLIENT);
  private static final LocalEntity SERVER_ENTITY = new LocalEntity.OfProcess(SERVER);
  private static final SocketTuple ASKED = tcp("10.0.0.1", 40_000, "10.96.0.1", 80);
  private static final SocketTuple ACCEPTED = tcp("10.0.2.7", 8080, "192.0.2.1", 50_000);
  private static final Route ROUTE =
      new Route(IpAddress.parse("192.0.2.1"), IpAddress.parse("10.0.2.7"), 8080);

  private final SimulatedKernel kernel = new SimulatedKernel("1", "2");
  private final SimulatedTranslations translations = new SimulatedTranslations();
  private final ConnectionTracker tracker =
      new ConnectionTracker(
          kernel,
          translations,
          new TrackingRules(EphemeralPorts.DEFAULT, Reaches.WITHOUT_LOCAL_NETWORKS, true));
  private long now;

  @Test
  void bothEndsNameEachOtherAndSayTheSameRoute() throws IOException {
    scan();
    translations.translate(ASKED, ACCEPTED);
    kernel.open("1", ASKED).heldBy(CLIENT).sends(100);
    kernel.open("2", ACCEPTED).heldBy(SERVER).sends(5_000);
    scan();

    Series client = only(CLIENT_ENTITY);
    assertThat(client.key().role()).isEqualTo(Role.CLIENT);
    assertThat(client.key().client()).isEqualTo(IpAddress.parse("10.0.0.1"));
    assertThat(client.key().server()).isEqualTo(IpAddress.parse("10.96.0.1"));
    assertThat(client.key().serverPort()).isEqualTo(80);
    assertThat(client.key().route()).contains(ROUTE);
    assertThat(client.key().peer()).contains(SERVER_ENTITY);
    assertThat(client.received()).as("what the other end sent").isEqualTo(5_000);
    Series server = only(SERVER_ENTITY);
    assertThat(server.key().role()).as("whoever accepted").isEqualTo(Role.SERVER);
    assertThat(server.key().client()).isEqualTo(IpAddress.parse("10.0.0.1"));
    assertThat(server.key().server()).isEqualTo(IpAddress.parse("10.0.2.7"));
    assertThat(server.key().route()).contains(ROUTE);
    assertThat(server.key().peer()).contains(CLIENT_ENTITY);
    assertThat(server.received()).isEqualTo(100);
  }

  @Test
  void aTranslationThatComesLateEndsTheSeriesAndTheSumStaysRight() throws IOException {
    scan();
    SimulatedKernel.End client = kernel.open("1", ASKED).heldBy(CLIENT).sends(100);
    SimulatedKernel.End server = kernel.open("2", ACCEPTED).heldBy(SERVER).sends(1_000);
    scan();
    scan();
    Series before = only(CLIENT_ENTITY);
    assertThat(before.key().route()).isEmpty();
    assertThat(before.active()).isEqualTo(1);

    translations.translate(ASKED, ACCEPTED);
    client.sends(11);
    server.sends(22);
    scan();

    assertThat(before.opened()).isEqualTo(1);
    assertThat(before.active()).isZero();
    Series after =
        all(CLIENT_ENTITY).stream().filter(series -> series != before).findFirst().orElseThrow();
    assertThat(after.key().route()).contains(ROUTE);
    assertThat(after.key().peer()).contains(SERVER_ENTITY);
    assertThat(after.opened()).isZero();
    assertThat(after.active()).isEqualTo(1);
    assertThat(before.transmitted() + after.transmitted()).isEqualTo(111);
    assertThat(all(SERVER_ENTITY).stream().mapToLong(Series::transmitted).sum()).isEqualTo(1_022);
    assertThat(all(SERVER_ENTITY).stream().mapToLong(Series::opened).sum()).isEqualTo(1);
  }

  @Test
  void aConnectionThatNoScanMetIsTranslatedToo() throws IOException {
    scan();
    translations.translate(ASKED, ACCEPTED);
    kernel.open("1", ASKED).sends(10).close();
    kernel.open("2", ACCEPTED).sends(20).close();
    scan();

    Series client = only(new LocalEntity.Unattributed("1"));
    assertThat(client.key().route()).contains(ROUTE);
    assertThat(client.key().peer()).contains(new LocalEntity.Unattributed("2"));
    assertThat(client.opened()).isEqualTo(1);
    assertThat(client.received()).isEqualTo(20);
  }

  /// A proxy beside its client: the addresses reach as far as those at the proxy.
  @Test
  void aRedirectReachesAsFarAsTheAddressesThatItLeadsTo() throws IOException {
    scan();
    SocketTuple proxied = tcp("127.0.0.1", 15_001, "10.0.0.1", 40_000);
    translations.translate(ASKED, proxied);
    kernel.open("1", ASKED).heldBy(CLIENT);
    kernel.open("1", proxied).heldBy(SERVER);
    scan();

    assertThat(only(CLIENT_ENTITY).key().reach()).isEqualTo(Reach.NAMESPACE);
    assertThat(only(CLIENT_ENTITY).key().peer()).contains(SERVER_ENTITY);
    assertThat(only(SERVER_ENTITY).key().reach()).isEqualTo(Reach.NAMESPACE);
    assertThat(only(SERVER_ENTITY).key().route()).isEmpty();
  }

  @Test
  void twoSeriesToOneVirtualAddressAreToldApartByTheirBackends() throws IOException {
    scan();
    translations.translate(ASKED, ACCEPTED);
    SocketTuple again = tcp("10.0.0.1", 40_001, "10.96.0.1", 80);
    translations.translate(again, tcp("10.0.2.8", 8080, "10.0.0.1", 40_001));
    kernel.open("1", ASKED).heldBy(CLIENT);
    kernel.open("1", again).heldBy(CLIENT);
    scan();

    assertThat(all(CLIENT_ENTITY))
        .extracting(series -> series.key().route().orElseThrow().server().toString())
        .containsExactlyInAnyOrder("10.0.2.7", "10.0.2.8");
  }

  private void scan() throws IOException {
    now += 1_000_000_000L;
    tracker.scan(kernel, now);
  }

  private List<Series> all(LocalEntity owner) {
    return tracker.series().stream().filter(one -> one.key().owner().equals(owner)).toList();
  }

  private Series only(LocalEntity owner) {
    assertThat(all(owner)).hasSize(1);
    return all(owner).getFirst();
  }
}
