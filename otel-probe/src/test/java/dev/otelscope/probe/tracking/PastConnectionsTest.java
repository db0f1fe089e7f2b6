package dev.otelscope.probe.tracking;

import static dev.otelscope.probe.tracking.SimulatedKernel.process;
import static dev.otelscope.probe.tracking.SimulatedKernel.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.DurationCounts;
import dev.otelscope.probe.connection.Ending;
import dev.otelscope.probe.connection.PastConnections;
import dev.otelscope.probe.connection.PastConnections.OtherEnd;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.process.ProcessIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Connections that a source added up, in the series where those that scans met are.
class PastConnectionsTest {
  private static final ProcessIdentity CLIENT = process(10);
  private static final ProcessIdentity SERVER = process(20);

  private final SimulatedKernel kernel = new SimulatedKernel("1", "2");
  private final SimulatedTranslations translations = new SimulatedTranslations();
  private final ConnectionTracker tracker =
      new ConnectionTracker(
          kernel,
          translations,
          new TrackingRules(EphemeralPorts.DEFAULT, Reaches.WITHOUT_LOCAL_NETWORKS, true));
  private long now;

  @Test
  void theyJoinTheSeriesOfThoseThatScansMet() throws IOException {
    scan();
    kernel.listen("2", Transport.TCP, "10.0.0.2", 80, SERVER);
    kernel.open("1", tcp("10.0.0.1", 40_000, "10.0.0.2", 80)).heldBy(CLIENT).sends(100);
    kernel.open("2", tcp("10.0.0.2", 80, "10.0.0.1", 40_000)).heldBy(SERVER);
    kernel.past("1", shortOnes(Direction.OUTBOUND, Optional.of(CLIENT), "2", SERVER));
    kernel.past("2", shortOnes(Direction.INBOUND, Optional.of(SERVER), "1", CLIENT));
    scan();

    assertThat(tracker.series()).hasSize(2);
    for (Series series : tracker.series()) {
      assertThat(series.opened()).isEqualTo(1 + 5);
      assertThat(series.active()).isEqualTo(1);
      assertThat(series.reset()).isEqualTo(1);
      assertThat(series.durations().count()).isEqualTo(5);
      assertThat(series.durations().bucket(3)).isEqualTo(5);
      assertThat(series.durations().seconds()).isEqualTo(0.002);
      assertThat(series.retransmits()).isEqualTo(7);
    }
    Series client = of(CLIENT);
    assertThat(client.key().role()).isEqualTo(Role.CLIENT);
    assertThat(client.key().peer()).contains(new LocalEntity.OfProcess(SERVER));
    assertThat(client.transmitted()).isEqualTo(100 + 500);
    assertThat(client.received()).isEqualTo(600);
  }

  @Test
  void failedOnesAreCountedByTheirCause() throws IOException {
    scan();
    kernel.past("1", failed());
    scan();

    Series series = of(CLIENT);
    assertThat(series.wasEverEstablished()).isFalse();
    assertThat(series.failed(Ending.REFUSED)).isEqualTo(1);
    assertThat(series.failed(Ending.TIMED_OUT)).isEqualTo(2);
    assertThat(series.failed(Ending.UNREACHABLE)).isEqualTo(3);
    assertThat(series.failed(Ending.UNKNOWN)).isEqualTo(4);
    assertThat(series.failed()).isEqualTo(10);
    assertThat(series.areBytesKnown()).isFalse();
    assertThat(series.key().peer()).isEmpty();
  }

  @Test
  void thoseThatNobodyAcceptedBelongToNobody() throws IOException {
    scan();
    kernel.past("2", shortOnes(Direction.INBOUND, Optional.empty(), "1", CLIENT));
    scan();

    assertThat(tracker.series())
        .singleElement()
        .satisfies(series -> {
          assertThat(series.key().owner()).isEqualTo(new LocalEntity.Unattributed("2"));
          assertThat(series.key().role()).isEqualTo(Role.SERVER);
        });
  }

  @Test
  void aSeriesOfNothingElseLivesUntilItHasBeenQuiet() throws IOException {
    scan();
    kernel.past("1", shortOnes(Direction.OUTBOUND, Optional.of(CLIENT), "2", SERVER));
    scan();

    assertThat(of(CLIENT).isIdle(now, 2_000_000_000L)).isFalse();
    scan();
    scan();
    assertThat(of(CLIENT).isIdle(now, 2_000_000_000L)).isTrue();
  }

  @Test
  void durationsFallIntoBucketsOfPowersOfTwoSeconds() {
    Durations durations = new Durations();
    durations.add(0);
    durations.add(1_000_000_000L); // exactly 2^0 s
    durations.add(1_999_000_000L);
    durations.add(2_001_000_000L);
    durations.add(Long.MAX_VALUE);

    assertThat(durations.count()).isEqualTo(5);
    assertThat(durations.bucket(0)).isEqualTo(1);
    assertThat(durations.bucket(-Durations.FIRST)).isEqualTo(2);
    assertThat(durations.bucket(1 - Durations.FIRST)).isEqualTo(1);
    assertThat(durations.bucket(DurationCounts.BUCKETS - 1)).isEqualTo(1);
  }

  /// Before it is known that the address of a server is translated, its connections are not told
  /// one by one; but the ports of few are.
  @Test
  void theFirstOfAServiceAreCountedWhereTheyWent() throws IOException {
    scan();
    translations.translate(
        tcp("10.0.0.1", 40_000, "10.96.0.1", 80), tcp("10.0.0.2", 8080, "10.0.0.1", 40_000));
    translations.translate(
        tcp("10.0.0.1", 40_001, "10.96.0.1", 80), tcp("10.0.0.2", 8080, "10.0.0.1", 40_001));
    kernel.past("1", toService(40_000, 40_001));
    scan();

    SeriesKey key = of(CLIENT).key();
    assertThat(key.server()).isEqualTo(IpAddress.parse("10.96.0.1"));
    assertThat(key.route())
        .contains(
            new SeriesKey.Route(IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2"), 8080));
    assertThat(of(CLIENT).opened()).isEqualTo(2);
    assertThat(of(CLIENT).takeOpenedSamples())
        .extracting(SampledConnection::server)
        .containsOnly(IpAddress.parse("10.0.0.2"));
  }

  @Test
  void thoseThatWentToSeveralServersAreCountedAtTheAddressThatWasAskedFor() throws IOException {
    scan();
    translations.translate(
        tcp("10.0.0.1", 40_000, "10.96.0.1", 80), tcp("10.0.0.2", 8080, "10.0.0.1", 40_000));
    translations.translate(
        tcp("10.0.0.1", 40_001, "10.96.0.1", 80), tcp("10.0.0.3", 8080, "10.0.0.1", 40_001));
    kernel.past("1", toService(40_000, 40_001));
    scan();

    assertThat(of(CLIENT).key().route()).isEmpty();
    assertThat(of(CLIENT).opened()).isEqualTo(2);
  }

  @Test
  void aServersEndHasTheClientsOwnAddressAlsoWhenThatIsTranslated() throws IOException {
    scan();
    translations.translate(
        tcp("10.0.0.1", 40_000, "10.0.0.2", 80), tcp("10.0.0.2", 80, "192.0.2.1", 50_000));
    kernel.past("2", few(Direction.INBOUND, SERVER, "10.0.0.2", "192.0.2.1", List.of(50_000)));
    scan();

    assertThat(of(SERVER).key().client()).isEqualTo(IpAddress.parse("10.0.0.1"));
    assertThat(of(SERVER).key().route())
        .contains(
            new SeriesKey.Route(IpAddress.parse("192.0.2.1"), IpAddress.parse("10.0.0.2"), 80));
  }

  private static PastConnections toService(Integer... ports) {
    return few(Direction.OUTBOUND, CLIENT, "10.0.0.1", "10.96.0.1", List.of(ports));
  }

  /// Connections of which every port was told.
  private static PastConnections few(
      Direction direction,
      ProcessIdentity process,
      String local,
      String remote,
      List<Integer> ports) {
    return new PastConnections(
        direction,
        Optional.of(process),
        IpAddress.parse(local),
        IpAddress.parse(remote),
        80,
        Optional.empty(),
        ports.size(),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        new DurationCounts(new int[DurationCounts.BUCKETS]),
        ports);
  }

  private static PastConnections shortOnes(
      Direction direction,
      Optional<ProcessIdentity> process,
      String otherNamespace,
      ProcessIdentity other) {
    boolean client = direction == Direction.OUTBOUND;
    int[] durations = new int[DurationCounts.BUCKETS];
    durations[3] = 5;
    return new PastConnections(
        direction,
        process,
        IpAddress.parse(client ? "10.0.0.1" : "10.0.0.2"),
        IpAddress.parse(client ? "10.0.0.2" : "10.0.0.1"),
        80,
        Optional.of(new OtherEnd(otherNamespace, Optional.of(other))),
        5,
        1,
        0,
        0,
        0,
        0,
        500,
        600,
        7,
        2_000_000,
        new DurationCounts(durations),
        List.of());
  }

  private static PastConnections failed() {
    return new PastConnections(
        Direction.OUTBOUND,
        Optional.of(CLIENT),
        IpAddress.parse("10.0.0.1"),
        IpAddress.parse("192.0.2.1"),
        81,
        Optional.empty(),
        0,
        0,
        1,
        2,
        3,
        4,
        0,
        0,
        0,
        0,
        new DurationCounts(new int[DurationCounts.BUCKETS]),
        List.of());
  }

  private Series of(ProcessIdentity process) {
    List<Series> found =
        tracker.series().stream()
            .filter(series -> series.key().owner().equals(new LocalEntity.OfProcess(process)))
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private void scan() throws IOException {
    now += 1_000_000_000L;
    tracker.scan(kernel, now);
  }
}
