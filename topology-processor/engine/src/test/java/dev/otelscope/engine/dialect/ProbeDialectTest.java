package dev.otelscope.engine.dialect;

import static dev.otelscope.engine.ProbeRequest.Connections.client;
import static dev.otelscope.engine.ProbeRequest.Connections.server;
import static dev.otelscope.engine.ProbeRequest.hostId;
import static dev.otelscope.engine.ProbeRequest.processId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.engine.ProbeRequest;
import dev.otelscope.engine.ProbeRequest.Connections;
import dev.otelscope.engine.observation.Figure;
import dev.otelscope.engine.observation.FlowKey;
import dev.otelscope.engine.observation.Observation.ConnectionSeen;
import dev.otelscope.engine.observation.Observation.ConnectionsSampled;
import dev.otelscope.engine.observation.Observation.EntitySeen;
import dev.otelscope.engine.observation.Observation.ListenerSeen;
import dev.otelscope.engine.observation.Observation.MeasurementSeen;
import dev.otelscope.engine.observation.Observation.ProbeHeard;
import dev.otelscope.engine.observation.Reading.Kind;
import dev.otelscope.engine.observation.Role;
import dev.otelscope.model.AddressScope;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbeDialectTest extends FlowDialectContract {
  private static final Connections WEB = client("10.0.0.1", "10.0.0.2", 80);
  private final Recorded recorded = new Recorded(dialect());

  @Override
  FlowDialect dialect() {
    return new ProbeDialect();
  }

  @Override
  byte[] typicalRequest() {
    return new ProbeRequest()
        .host("h1", "10.0.0.1")
        .heartbeat(2, "no BTF", 5, 20)
        .counter("otelscope.probe.lost", Map.of("otelscope.lost.reason", "full"), 5, 20, 3)
        .process("h1", 10)
        .active(WEB, 10, 20, 1, 50_001)
        .opened(WEB, 10, 20, 2, 50_001, 50_002)
        .failed(WEB, "refused", 10, 20, 1)
        .transmitted(WEB, 10, 20, 300)
        .received(WEB.peer(processId("h1", 11)), 10, 20, 400)
        .roundTrip(WEB, 20, 0.002)
        .listener("::", 80, 10, 20, 1)
        .counter("process.cpu.time", Map.of("cpu.mode", "user"), 10, 20, 7)
        .unattributed("h1", "1")
        .opened(server("fe80::1", "fe80::2", 22).reach("namespace"), 10, 20, 5)
        .bytes();
  }

  @Test
  void aConnectionIsAFlowSeenFromOneEnd() {
    recorded.read(
        new ProbeRequest()
            .process("h1", 10)
            .opened(WEB.peer(processId("h1", 11)), 10, 20, 3)
            .bytes());

    ConnectionSeen seen = recorded.only(ConnectionSeen.class);
    assertThat(seen.figure()).isEqualTo(Figure.OPENED);
    assertThat(seen.reading().kind()).isEqualTo(Kind.CUMULATIVE);
    assertThat(seen.reading().value()).isEqualTo(3);
    assertThat(seen.side().observer()).isEqualTo(processId("h1", 10));
    assertThat(seen.side().role()).isEqualTo(Role.CLIENT);
    assertThat(seen.side().peer()).contains(processId("h1", 11));
    assertThat(seen.side().flow()).isEqualTo(flow(AddressScope.GLOBAL, "10.0.0.1", "10.0.0.2", 80));
  }

  @Test
  void theDirectionOfBytesIsTheObservers() {
    assertThat(figureOf(new ProbeRequest().process("h1", 10).transmitted(WEB, 10, 20, 3)))
        .isEqualTo(Figure.TRANSMITTED);
    assertThat(figureOf(new ProbeRequest().process("h1", 10).received(WEB, 10, 20, 3)))
        .isEqualTo(Figure.RECEIVED);
  }

  @Test
  void anAddressMeansSomethingAsFarAsItsScopeGoes() {
    Connections loopback = client("::1", "::1", 80).reach("namespace");
    recorded.read(new ProbeRequest().process("h1", 10).opened(loopback, 10, 20, 3).bytes());

    assertThat(recorded.only(ConnectionSeen.class).side().flow().scope())
        .isEqualTo(AddressScope.namespace("h1", "1"));
  }

  @Test
  void translationSaysWhereThePacketsReallyGo() {
    Connections virtual =
        client("10.0.0.1", "10.96.0.1", 80)
            .with("network.peer.address", "10.0.0.2")
            .with("network.peer.port", 8080)
            .with("otelscope.client.translated_address", "192.0.2.9");
    recorded.read(new ProbeRequest().process("h1", 10).opened(virtual, 10, 20, 3).bytes());

    assertThat(recorded.only(ConnectionSeen.class).side().flow())
        .isEqualTo(flow(AddressScope.GLOBAL, "192.0.2.9", "10.0.0.2", 8080));
  }

  @Test
  void seriesThatDifferInAnyAttributeAreTwo() {
    recorded.read(
        new ProbeRequest()
            .process("h1", 10)
            .opened(WEB, 10, 20, 3)
            .opened(WEB.with("some.thing", "else"), 10, 20, 3)
            .bytes());

    assertThat(
            recorded.observations().stream()
                .filter(ConnectionSeen.class::isInstance)
                .map(seen -> ((ConnectionSeen) seen).side())
                .distinct())
        .hasSize(2);
  }

  @Test
  void exemplarsNameConnectionsOfTheFlow() {
    recorded.read(
        new ProbeRequest().process("h1", 10).active(WEB, 10, 20, 9, 50_001, 50_002).bytes());
    ConnectionsSampled open = recorded.only(ConnectionsSampled.class);
    recorded.read(new ProbeRequest().process("h1", 10).opened(WEB, 10, 20, 9, 50_003).bytes());
    ConnectionsSampled opened = recorded.only(ConnectionsSampled.class);

    assertThat(open.side()).isEqualTo(opened.side());
    assertThat(open.open()).isTrue();
    assertThat(open.clientPorts()).containsExactly(50_001, 50_002);
    assertThat(open.timeNanos()).isEqualTo(20);
    assertThat(opened.open()).isFalse();
    assertThat(opened.clientPorts()).containsExactly(50_003);
  }

  @Test
  void anExemplarOfAnotherFlowIsLeftOut() {
    Connections toVirtual = WEB.with("network.peer.address", "10.0.0.9");
    recorded.read(
        new ProbeRequest().process("h1", 10).opened(toVirtual, 10, 20, 1, 50_001).bytes());

    assertThat(recorded.observations()).noneMatch(ConnectionsSampled.class::isInstance);
  }

  @Test
  void numbersMayComeAsText() {
    recorded.read(
        new ProbeRequest()
            .process("h1", 10)
            .opened(WEB.with("server.port", "80"), 10, 20, 3)
            .bytes());

    assertThat(recorded.only(ConnectionSeen.class).side().flow().port()).isEqualTo(80);
  }

  @Test
  void deltasAreToldAsDeltasAndActiveNeverIsOne() {
    recorded.read(new ProbeRequest().delta().process("h1", 10).opened(WEB, 10, 20, 3).bytes());
    assertThat(recorded.only(ConnectionSeen.class).reading().kind()).isEqualTo(Kind.DELTA);

    recorded.read(
        new ProbeRequest()
            .delta()
            .process("h1", 10)
            .counter("otelscope.connection.active", WEB.attributes(), 10, 20, 3)
            .bytes());
    assertThat(recorded.problems()).singleElement().asString().contains("cumulative");
  }

  @Test
  void whatCollectorsWroteOverDoesNotMatter() {
    recorded.read(
        new ProbeRequest()
            .resource(
                hostId("h1"),
                Map.of("otelscope.host.id", "h1", "host.id", "collector", "host.name", "box"))
            .heartbeat(1, "", 5, 20)
            .bytes());

    assertThat(recorded.only(EntitySeen.class).description().id()).isEqualTo(hostId("h1"));
    assertThat(recorded.only(ProbeHeard.class).host()).isEqualTo("h1");
  }

  @Test
  void whereOnlyTheServiceNameAndInstanceWereKeptTheyName() {
    Resource bare =
        Resource.newBuilder()
            .addAttributes(text("service.name", "otelscope-probe"))
            .addAttributes(text("service.instance.id", processId("h1", 10).toString()))
            .build();
    recorded.read(new ProbeRequest().rawResource(bare).opened(WEB, 10, 20, 3).bytes());

    ConnectionSeen seen = recorded.only(ConnectionSeen.class);
    assertThat(seen.side().observer()).isEqualTo(processId("h1", 10));
    assertThat(seen.host()).isEqualTo("h1");
  }

  @Test
  void anOverflowSeriesHasTheAttributesThatWereKept() {
    Connections folded =
        new Connections(Map.of("otelscope.overflow", true, "otelscope.connection.role", "client"));
    recorded.read(new ProbeRequest().process("h1", 10).opened(folded, 10, 20, 9).bytes());

    assertThat(recorded.only(ConnectionSeen.class).side().flow())
        .isEqualTo(flow(AddressScope.GLOBAL, "::", "::", 0));
  }

  @Test
  void withoutAnAddressAPointIsOfNoUse() {
    Connections half = new Connections(Map.of("client.address", "10.0.0.1"));
    recorded.read(new ProbeRequest().process("h1", 10).opened(half, 10, 20, 9).bytes());

    assertThat(recorded.problems()).containsExactly("server.address is missing");
  }

  @Test
  void listenersHeartbeatsAndMeasurementsAreTold() {
    recorded.read(typicalRequest());

    assertThat(recorded.only(ListenerSeen.class).listener().port()).isEqualTo(80);
    assertThat(recorded.only(ProbeHeard.class).tier()).isEqualTo(2);
    assertThat(recorded.only(ProbeHeard.class).startNanos()).isEqualTo(5);
    assertThat(recorded.only(MeasurementSeen.class).subject().attributes())
        .containsEntry("cpu.mode", "user");
  }

  private Figure figureOf(ProbeRequest request) {
    return recorded.read(request.bytes()).only(ConnectionSeen.class).figure();
  }

  private static FlowKey flow(AddressScope scope, String client, String server, int port) {
    return new FlowKey(
        scope, Transport.TCP, IpAddress.parse(client), IpAddress.parse(server), port);
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
