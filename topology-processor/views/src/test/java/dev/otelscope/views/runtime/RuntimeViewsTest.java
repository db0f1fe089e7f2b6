package dev.otelscope.views.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.AttributeValue;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.MetricNames;
import dev.otelscope.model.Pairing;
import dev.otelscope.model.Traffic;
import dev.otelscope.model.Transport;
import dev.otelscope.views.EdgeId;
import dev.otelscope.views.ExternalService;
import dev.otelscope.views.Outside;
import dev.otelscope.views.Selector;
import dev.otelscope.views.TestGraph;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.ViewEdge;
import dev.otelscope.views.ViewNode;
import dev.otelscope.views.ViewOption;
import dev.otelscope.views.ViewSnapshot;
import dev.otelscope.views.ViewState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeViewsTest {
  private static final EntityId EXTERNAL_API = EntityId.of("pseudo", "external", "api.example");

  private final TestGraph graph = new TestGraph();

  private ViewSnapshot show(ViewDefinition view) {
    return show(view, Map.of());
  }

  private ViewSnapshot show(ViewDefinition view, Map<ViewOption, String> choices) {
    ViewState state = new ViewState(view, new Outside(ExternalService.DEFAULTS));
    GraphSnapshot snapshot = graph.snapshot();
    state.apply(GraphDelta.between(GraphSnapshot.EMPTY, snapshot), snapshot);
    return state.select(Selector.of(view, choices, "", 1000)).snapshot();
  }

  private static List<String> edges(ViewSnapshot view) {
    return view.edges().keySet().stream().map(edge -> name(view, edge)).sorted().toList();
  }

  private static String name(ViewSnapshot view, EdgeId edge) {
    return name(view, edge.source()) + " -> " + name(view, edge.target());
  }

  private static String name(ViewSnapshot view, EntityId id) {
    ViewNode node = Optional.ofNullable(view.nodes().get(id)).orElseThrow();
    return node.sublabel().isEmpty() ? node.label() : node.label() + " (" + node.sublabel() + ")";
  }

  private static ViewNode only(ViewSnapshot view, String label) {
    return view.nodes().values().stream()
        .filter(node -> node.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  /// The situation of a client host and a server host: two clients and three unknown neighbours of
  /// the server's clients on one port, someone from the Internet, and a process that goes out.
  private void clientAndServer() {
    graph.addHost("c", "client.hostname.com", "10.10.10.0/24");
    graph.addHost("s", "server.hostname.com", "10.10.10.0/24");
    EntityId apache = graph.addProcess("s", 215, "apache");
    EntityId bash = graph.addProcess("s", 1234, "bash");
    graph.connect(graph.addProcess("c", 10001, "curl"), apache, 80);
    graph.connect(graph.addProcess("c", 30020, "curl"), apache, 80);
    graph.connect(TestGraph.address("10.10.10.10"), apache, 80);
    graph.connect(TestGraph.address("10.10.10.11"), apache, 80);
    graph.connect(TestGraph.address("51.52.53.54"), apache, 80);
    graph.connect(bash, TestGraph.address("8.8.8.8"), 80);
  }

  @Test
  void processesTalkToEachOtherToTheInternetAndToUnknownEndpoints() {
    clientAndServer();

    assertThat(edges(show(new ProcessesView())))
        .containsExactly(
            "10.10.10.10 (unknown endpoint) -> apache (server.hostname.com:215)",
            "10.10.10.11 (unknown endpoint) -> apache (server.hostname.com:215)",
            "Internet (inbound) -> apache (server.hostname.com:215)",
            "bash (server.hostname.com:1234) -> Internet (outbound)",
            "curl (client.hostname.com:10001) -> apache (server.hostname.com:215)",
            "curl (client.hostname.com:30020) -> apache (server.hostname.com:215)");
  }

  @Test
  void processesOfOneNameAreOneNode() {
    clientAndServer();
    ViewSnapshot view = show(new ProcessesByNameView(), Map.of(ViewOption.PSEUDO, "hide"));

    assertThat(edges(view))
        .containsExactly(
            "Internet (inbound) -> apache (1 process)",
            "bash (1 process) -> Internet (outbound)",
            "curl (2 processes) -> apache (1 process)");
    assertThat(only(view, "curl").count()).isEqualTo(2);
    assertThat(only(view, "curl").id()).hasToString("group~processes-by-name~curl");
    assertThat(only(view, "curl").group()).isEqualTo("client.hostname.com");
    assertThat(view.hidden()).containsEntry("pseudo", 2);
  }

  @Test
  void hostsTalkThroughTheirProcesses() {
    clientAndServer();

    assertThat(edges(show(new HostsView(), Map.of(ViewOption.PSEUDO, "hide"))))
        .containsExactly(
            "Internet (inbound) -> server.hostname.com",
            "client.hostname.com -> server.hostname.com",
            "server.hostname.com -> Internet (outbound)");
  }

  @Test
  void aConnectionWithinANodeIsAMarkOnIt() {
    graph.addHost("h", "alone");
    EntityId redis = graph.addProcess("h", 1, "redis");
    graph.connect(graph.addProcess("h", 2, "app"), redis, 6379);
    ViewSnapshot view = show(new HostsView());

    assertThat(view.edges()).isEmpty();
    assertThat(only(view, "alone").selfEdge()).isTrue();
    assertThat(show(new ProcessesView()).edges()).hasSize(1);
  }

  @Test
  void connectionsWithoutAProcessEndAtTheirHost() {
    graph.addHost("h", "shop-1");
    EntityId nginx = graph.addProcess("h", 1, "nginx");
    graph.connect(TestGraph.unattributed("h"), nginx, 80);
    graph.connect(TestGraph.host("h"), TestGraph.address("203.0.113.1"), 443);

    assertThat(edges(show(new ProcessesView())))
        .containsExactly(
            "Unattributed (shop-1) -> Internet (outbound)",
            "Unattributed (shop-1) -> nginx (shop-1:1)");
    assertThat(edges(show(new HostsView()))).containsExactly("shop-1 -> Internet (outbound)");
  }

  @Test
  void whatHasNoPlaceInAViewStaysVisibleWhereItConnects() {
    EntityId queue = graph.put(EntityId.of("queue", "orders"), Map.of());
    graph.connect(graph.addProcess("h", 1, "app"), queue, 5672);

    assertThat(show(new ProcessesView()).nodes().values())
        .extracting(ViewNode::label)
        .containsExactlyInAnyOrder("app", "queue~orders");
  }

  @Test
  void anAddressInAHostsOwnNetworkIsNotTheInternet() {
    EntityId nginx = graph.addProcess("h", 1, "nginx");
    EdgeKey key = graph.connect(TestGraph.address("203.0.113.9"), nginx, 80);
    assertThat(edges(show(new ProcessesView())))
        .containsExactly("Internet (inbound) -> nginx (h:1)");

    graph.addHost("h", "shop-1", "203.0.113.4/24", "0.0.0.0/0", "not a network");
    assertThat(edges(show(new ProcessesView())))
        .containsExactly("203.0.113.9 (unknown endpoint) -> nginx (shop-1:1)");

    graph.disconnect(key);
    graph.connect(TestGraph.address("198.51.100.9"), nginx, 80);
    assertThat(edges(show(new ProcessesView())))
        .containsExactly("Internet (inbound) -> nginx (shop-1:1)");
  }

  @Test
  void aKnownExternalServiceIsShownByItsName() {
    graph.connect(graph.addProcess("h", 1, "agent"), TestGraph.address("169.254.169.254"), 80);

    assertThat(show(new ProcessesView()).nodes())
        .containsKey(EntityId.of("pseudo", "external", "Cloud instance metadata"));
  }

  @Test
  void publicAddressesOfANameAreOneExternalService() {
    EntityId client = graph.addProcess("h", 1, "client");
    graph.connect(client, graph.addName("203.0.113.7", "api.example"), 443);
    graph.connect(client, graph.addName("203.0.113.8", "api.example"), 443);
    graph.connect(client, TestGraph.address("203.0.113.9"), 443);

    ViewSnapshot view = show(new ProcessesView());

    ViewNode service = only(view, "api.example");
    assertThat(service.id()).isEqualTo(EXTERNAL_API);
    assertThat(service.sublabel()).isEqualTo("external service");
    assertThat(service.count()).isEqualTo(2);
    assertThat(view.nodes()).containsKey(Outside.INTERNET_OUT);
  }

  @Test
  void aNameThatComesLateMovesItsAddressOutOfTheInternet() {
    EntityId client = graph.addProcess("h", 1, "client");
    graph.connect(client, TestGraph.address("203.0.113.7"), 443);
    assertThat(show(new ProcessesView()).nodes()).containsKey(Outside.INTERNET_OUT);

    graph.addName("203.0.113.7", "api.example");

    assertThat(show(new ProcessesView()).nodes())
        .containsKey(EXTERNAL_API)
        .doesNotContainKey(Outside.INTERNET_OUT);
  }

  @Test
  void anUnknownPrivateAddressShowsItsNameAboveItself() {
    EntityId client = graph.addProcess("h", 1, "client");
    EntityId printer = graph.addName("10.0.0.7", "printer.lan");
    graph.connect(client, printer, 631);

    ViewNode node = only(show(new ProcessesView()), "printer.lan");

    assertThat(node.id()).isEqualTo(EntityId.of("pseudo", "unknown", printer.toString()));
    assertThat(node.sublabel()).isEqualTo("10.0.0.7");
  }

  @Test
  void anEdgeSumsItsPortsAndMembers() {
    EntityId server = graph.addProcess("h", 1, "server");
    EntityId first = graph.addProcess("h", 2, "client");
    EntityId second = graph.addProcess("h", 3, "client");
    graph.put(
        TestGraph.edge(
            new EdgeKey(first, server, Transport.TCP, 443),
            3,
            new Traffic(10, 1, 0, 1000, 100, 2),
            new Traffic(1.5, 0, 0, 0, 0, 0),
            0.001,
            Pairing.EXACT,
            "probe"));
    graph.put(
        TestGraph.edge(
            new EdgeKey(second, server, Transport.UDP, 53),
            1,
            new Traffic(5, 0, 1, 1, 2, 0),
            new Traffic(0.25, 0, 0, 0, 0, 0),
            0.005,
            Pairing.AMBIGUOUS,
            "span"));
    ViewEdge edge = show(new ProcessesByNameView()).edges().values().iterator().next();

    assertThat(edge.ports()).containsExactly(53, 443);
    assertThat(edge.transport()).isEqualTo("mixed");
    assertThat(edge.active()).isEqualTo(4);
    assertThat(edge.totals()).isEqualTo(new Traffic(15, 1, 1, 1001, 102, 2));
    assertThat(edge.rates().opened()).isEqualTo(1.75);
    assertThat(edge.rttSeconds()).isCloseTo(0.002, within(1e-9));
    assertThat(edge.pairing()).isEqualTo(Pairing.AMBIGUOUS);
    assertThat(edge.sources()).containsExactly("probe", "span");
  }

  @Test
  void whatIsHiddenIsCountedUnderTheFirstReason() {
    EntityId app = graph.addProcess("h", 1, "app");
    EntityId collector = graph.addProcess("h", 2, "otelcol-contrib");
    EntityId scope =
        graph.addProcess("h", 3, "java", "java -cp lib/* dev.otelscope.standalone.Scope up");
    EntityId probe = graph.addProcess("h", 6, "dev.otelscope.probe.ProbeMain");
    EntityId talker = graph.addProcess("h", 7, "dev.otelscope.standalone.testbed.Talker");
    graph.addProcess("h", 4, "cron");
    EntityId onlyToSystem = graph.addProcess("h", 5, "exporter");
    graph.connect(app, TestGraph.address("10.1.1.1"), 1);
    graph.connect(app, collector, 4317);
    graph.connect(onlyToSystem, collector, 4317);
    graph.connect(collector, scope, 4318);
    graph.connect(probe, scope, 4318);
    graph.connect(talker, app, 80);
    graph.connect(scope, TestGraph.address("203.0.113.1"), 443);

    ViewSnapshot byDefault = show(new ProcessesView());
    assertThat(byDefault.nodes().values())
        .extracting(ViewNode::label)
        .containsExactlyInAnyOrder("app", "10.1.1.1", "dev.otelscope.standalone.testbed.Talker");
    assertThat(byDefault.hidden())
        .containsExactly(
            Map.entry("unconnected", 2),
            Map.entry("system", 3),
            Map.entry("pseudo", 0),
            Map.entry("limit", 0));
    assertThat(show(new ProcessesView(), Map.of(ViewOption.SYSTEM, "only")).nodes().values())
        .extracting(ViewNode::label)
        .containsExactlyInAnyOrder(
            "otelcol-contrib", "Scope", "dev.otelscope.probe.ProbeMain", "Internet");
  }

  @Test
  void javaProgramsOfOneSimpleNameAreToldApartByTheirPackage() {
    for (int pid = 1; pid <= 3; pid++) {
      String main = pid == 1 ? "org.example.shop.Main" : "org.example.stock.Main";
      graph.addProcess("h", pid, main, "java -cp lib/* " + main);
    }
    ViewSnapshot view = show(new ProcessesByNameView(), Map.of(ViewOption.UNCONNECTED, "show"));

    assertThat(view.nodes()).hasSize(2);
    ViewNode stock = only(view, "stock.Main");
    assertThat(stock.count()).isEqualTo(2);
    assertThat(stock.id()).hasToString("group~processes-by-name~org.example.stock.Main");
    assertThat(stock.attributes())
        .containsExactly(
            Map.entry(AttributeNames.PROCESS_EXECUTABLE_NAME, "org.example.stock.Main"));
    ViewNode process =
        only(show(new ProcessesView(), Map.of(ViewOption.UNCONNECTED, "show")), "shop.Main");
    assertThat(process.parents())
        .extracting(parent -> parent.id() + " " + parent.label())
        .contains("group~processes-by-name~org.example.shop.Main shop.Main");
    assertThat(process.attributes())
        .containsEntry(AttributeNames.PROCESS_EXECUTABLE_NAME, "org.example.shop.Main");
  }

  @Test
  void usageIsSummedOverMembersAndModes() {
    EntityId one = graph.addProcess("h", 1, "app");
    EntityId two = graph.addProcess("h", 2, "app");
    graph.measure(one, MetricNames.PROCESS_CPU_TIME, 10, 0.2);
    graph.measure(two, MetricNames.PROCESS_CPU_TIME, 10, 0.3);
    graph.measure(two, MetricNames.PROCESS_MEMORY_USAGE, 1000, Double.NaN);
    graph.connect(one, two, 80);

    assertThat(only(show(new ProcessesByNameView()), "app").metrics())
        .containsExactly(Map.entry("cpu", 0.5), Map.entry("memory", 1000.0));
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, nginx: worker process, nginx",
    "python3.12, python3 -u /srv/shop/app.py --port 80, app.py",
    "python3, python3 -m http.server 80, http.server",
    "python3, python3 -c print(1), python3",
    "bash, -bash, bash",
    "node, node server/index.js, index.js",
    "java, java -Xmx1g -jar /srv/shop.jar, shop.jar",
    "java, java -cp lib/* -Da=b kafka.Kafka server.properties, Kafka",
    "java, java --module shop/org.example.shop.Main, shop.Main",
    "java, java -version, java",
    "org.example.stock.ReservationService, /opt/jdk/bin/java -cp x y, ReservationService",
    "org.example.stock.MainKt, java x, stock.MainKt",
    "Main, java Main, Main",
    "shop-1.2.jar, java -jar shop-1.2.jar, shop-1.2.jar",
    "org.example.daemon, org.example.daemon --all, org.example.daemon",
    "'', x, pid 7",
  })
  void aProcessIsCalledAsPeopleCallIt(String executable, String commandLine, String name) {
    EntityId id =
        graph.put(
            TestGraph.process("h", 7),
            Map.of(
                AttributeNames.PROCESS_EXECUTABLE_NAME, AttributeValue.of(executable),
                AttributeNames.PROCESS_COMMAND_LINE, AttributeValue.of(commandLine)));

    ViewSnapshot view = show(new ProcessesView(), Map.of(ViewOption.UNCONNECTED, "show"));
    assertThat(Optional.ofNullable(view.nodes().get(id)).orElseThrow().label()).isEqualTo(name);
  }
}
