package dev.otelscope.probe.tracking;

import static dev.otelscope.probe.tracking.SimulatedKernel.process;
import static dev.otelscope.probe.tracking.SimulatedKernel.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.process.ProcessIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Which connections stand for the others of their series. Two kernels are two hosts.
class SampledConnectionsTest {
  private static final ProcessIdentity CLIENT = process(10);
  private static final ProcessIdentity SERVER = process(20);
  private static final IpAddress NEAR = IpAddress.parse("10.0.0.1");
  private static final IpAddress FAR = IpAddress.parse("10.0.0.2");

  private final Host near = new Host();
  private final Host far = new Host();

  private static final class Host {
    private final SimulatedKernel kernel = new SimulatedKernel("1");
    private final SimulatedTranslations translations = new SimulatedTranslations();
    private final ConnectionTracker tracker =
        new ConnectionTracker(
            kernel,
            translations,
            new TrackingRules(EphemeralPorts.DEFAULT, Reaches.WITHOUT_LOCAL_NETWORKS, true));
    private long now;

    void scan() throws IOException {
      tracker.scan(kernel, ++now);
    }

    Series only() {
      List<Series> series =
          tracker.series().stream().filter(one -> one.wasEverEstablished()).toList();
      assertThat(series).hasSize(1);
      return series.getFirst();
    }
  }

  @Test
  void bothEndsChooseTheFourWithTheLowestHashes() throws IOException {
    scan();
    far.kernel.listen("1", Transport.TCP, "10.0.0.2", 80, SERVER);
    IntStream.range(40_000, 40_100).forEach(this::connect);
    scan();

    List<SampledConnection> chosen = near.only().activeSamples();
    assertThat(chosen).isEqualTo(far.only().activeSamples());
    assertThat(ports(chosen)).isEqualTo(lowest(IntStream.range(40_000, 40_100)));
    assertThat(chosen)
        .allSatisfy(one -> {
          assertThat(one.client()).isEqualTo(NEAR);
          assertThat(one.server()).isEqualTo(FAR);
          assertThat(one.serverPort()).isEqualTo(80);
        });
    assertThat(near.only().takeOpenedSamples()).isEqualTo(chosen);
    assertThat(near.only().takeOpenedSamples()).as("said once").isEmpty();
  }

  @Test
  void whenASampledOneEndsTheNextOneTakesItsPlace() throws IOException {
    scan();
    List<SimulatedKernel.End> ends = new ArrayList<>();
    for (int port = 40_000; port < 40_020; port++) {
      ends.add(connect(port));
    }
    scan();
    int first = near.only().activeSamples().getFirst().clientPort();
    ends.get(first - 40_000).close();
    scan();

    assertThat(ports(near.only().activeSamples()))
        .isEqualTo(lowest(IntStream.range(40_000, 40_020).filter(port -> port != first)));
  }

  @Test
  void asLongAsNothingChangesTheSameObjectIsSaid() throws IOException {
    connect(40_000);
    scan();
    scan();
    List<SampledConnection> before = near.only().activeSamples();
    scan();

    assertThat(near.only().activeSamples()).isSameAs(before);
  }

  @Test
  void addressesAreThoseThatTheServerSees() throws IOException {
    SocketTuple asked = tcp("10.0.0.1", 40_000, "10.96.0.1", 80);
    near.translations.translate(asked, tcp("10.0.2.7", 8080, "192.0.2.1", 50_000));
    scan();
    near.kernel.open("1", asked).heldBy(CLIENT);
    scan();

    assertThat(near.only().activeSamples())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.client()).isEqualTo(IpAddress.parse("192.0.2.1"));
          assertThat(one.clientPort()).isEqualTo(50_000);
          assertThat(one.server()).isEqualTo(IpAddress.parse("10.0.2.7"));
          assertThat(one.serverPort()).isEqualTo(8080);
        });
  }

  @Test
  void aClientThatCannotKnowWhatIsTranslatedNamesNone() throws IOException {
    near.translations.fail("not allowed");
    far.translations.fail("not allowed");
    far.kernel.listen("1", Transport.TCP, "10.0.0.2", 80, SERVER);
    connect(40_000);
    scan();
    scan();

    assertThat(near.only().activeSamples()).isEmpty();
    assertThat(far.only().activeSamples()).as("a server sees what it sees").hasSize(1);
  }

  @Test
  void aSeriesThatSaysItsPeerNeedsNone() throws IOException {
    near.kernel.listen("1", Transport.TCP, "10.0.0.1", 80, SERVER);
    near.kernel.open("1", tcp("10.0.0.1", 40_000, "10.0.0.1", 80)).heldBy(CLIENT);
    near.kernel.open("1", tcp("10.0.0.1", 80, "10.0.0.1", 40_000)).heldBy(SERVER);
    near.scan();
    near.scan();

    assertThat(near.tracker.series())
        .hasSize(2)
        .allSatisfy(series -> assertThat(series.activeSamples()).isEmpty());
  }

  private SimulatedKernel.End connect(int port) {
    far.kernel.open("1", tcp("10.0.0.2", 80, "10.0.0.1", port)).heldBy(SERVER);
    return near.kernel.open("1", tcp("10.0.0.1", port, "10.0.0.2", 80)).heldBy(CLIENT);
  }

  private void scan() throws IOException {
    near.scan();
    far.scan();
  }

  private static List<Integer> ports(List<SampledConnection> samples) {
    return samples.stream().map(SampledConnection::clientPort).toList();
  }

  private static List<Integer> lowest(IntStream ports) {
    SampleHash hash = new SampleHash();
    return ports
        .boxed()
        .sorted((one, other) ->
            Long.compareUnsigned(
                hash.of(Transport.TCP, NEAR, one, FAR, 80),
                hash.of(Transport.TCP, NEAR, other, FAR, 80)))
        .limit(Samples.LIMIT)
        .toList();
  }
}
