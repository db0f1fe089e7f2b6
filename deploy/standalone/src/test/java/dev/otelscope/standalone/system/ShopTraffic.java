package dev.otelscope.standalone.system;

import static dev.otelscope.standalone.system.Link.tcp;
import static dev.otelscope.standalone.system.Link.udp;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import dev.otelscope.standalone.testbed.RemoteTalker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What is said in a [ShopNetwork], and the edges that a map of it must have.
final class ShopTraffic {
  static final int SHORT_CONNECTIONS = 5;
  static final int SHORT_PORT = 7001;
  static final int WORKERS_PORT = 8081;
  private static final int REFUSED_PORT = 81;
  static final int WORKERS_CLIENTS = 5;
  private static final int CONNECTIONS_PER_CLIENT = 6;

  private final ShopNetwork shop;
  private final RemoteTalker anna;
  private final RemoteTalker berta;
  private final List<Link> held = new ArrayList<>();
  private final List<RemoteTalker> workersClients = new ArrayList<>();
  private final Map<Integer, String> workersClientByPort = new HashMap<>();

  /// Connects everybody, in as many ways as there are; the connections are held.
  ShopTraffic(ShopNetwork shop) {
    this.shop = shop;
    anna = shop.talker("anna", shop.clients);
    berta = shop.talker("berta", shop.clients);
    visitTheShop();
    speakUdp();
    speakWithinLoopbacks();
    speakWithTheInternet();
    speakWithPreforkedWorkers();
  }

  /// Edges with held connections.
  List<Link> held() {
    return Stream.concat(held.stream(), heldWithWorkers().stream()).sorted().toList();
  }

  /// Without those with the workers that share a port.
  List<Link> heldWithoutWorkers() {
    return held.stream().sorted().toList();
  }

  /// Opens and closes [#SHORT_CONNECTIONS] connections from berta to [#SHORT_PORT] of the app.
  void speakShortly() {
    berta.tell(
        "short %d %s %d 100 1000".formatted(SHORT_CONNECTIONS, shop.address(20), SHORT_PORT));
  }

  /// Is refused once at [#REFUSED_PORT] of the web server.
  void beRefused() {
    berta.tellInVain("connect refused " + shop.address(10) + " " + REFUSED_PORT);
  }

  private void visitTheShop() {
    anna.tell("connect shop " + shop.address(10) + " 80");
    anna.tell("browse 500 shop /cart"); // else nginx would give up its connection to the shop
    berta.tell("connect shop fd77::10 80");
    berta.tell("get shop /cart");
    held.add(tcp("anna", "nginx worker", 80));
    held.add(tcp("berta", "nginx worker", 80));
    held.add(tcp("nginx worker", "shop", 8080));
    held.add(tcp("shop", "postgres worker", 5432));
    held.add(tcp("shop", "redis", 6379));
  }

  private void speakUdp() {
    RemoteTalker echo = shop.talker("echo", shop.app);
    echo.tell("listen " + shop.address(20) + " " + SHORT_PORT);
    echo.tell("listen-udp " + shop.address(20) + " 7002");
    RemoteTalker caller = shop.talker("caller", shop.clients);
    caller.tell("connect-udp echo " + shop.address(20) + " 7002");
    caller.tell("ask echo 100 100");
    held.add(udp("caller", "echo", 7002));
  }

  private void speakWithinLoopbacks() {
    for (var loop : List.of(shop.loopA, shop.loopB)) {
      String name = loop.equals(shop.loopA) ? "a" : "b";
      shop.talker("loop server " + name, loop).tell("listen " + shop.loopback() + " 7000");
      RemoteTalker client = shop.talker("loop client " + name, loop);
      client.tell("connect own " + shop.loopback() + " 7000");
      client.tell("ask own 100 100");
      held.add(tcp("loop client " + name, "loop server " + name, 7000));
    }
  }

  private void speakWithTheInternet() {
    RemoteTalker stranger = shop.talker("stranger", shop.outside);
    stranger.tell("listen " + shop.outsideAddress() + " 443");
    stranger.tell("connect shop " + shop.address(10) + " 80");
    stranger.tell("get shop /cart");
    anna.tell("connect stranger " + shop.outsideAddress() + " 443");
    held.add(tcp("anna", "Internet outbound", 443));
    held.add(tcp("Internet inbound", "nginx worker", 80));
  }

  /// Five clients that share an address, four workers that share a port.
  private void speakWithPreforkedWorkers() {
    for (int i = 0; i < WORKERS_CLIENTS; i++) {
      workersClients.add(shop.talker("client " + i, shop.clients));
    }
    visitWorkers(CONNECTIONS_PER_CLIENT);
  }

  /// Each of the clients connects some more times.
  void visitWorkers(int times) {
    for (int i = 0; i < workersClients.size(); i++) {
      RemoteTalker client = workersClients.get(i);
      for (int j = 0; j < times; j++) {
        String connection = "c" + workersClientByPort.size();
        String port =
            client.tell("connect %s %s %d".formatted(connection, shop.address(60), WORKERS_PORT));
        workersClientByPort.put(Integer.parseInt(port), "client " + i);
        client.tell("get " + connection + " /");
      }
    }
  }

  /// Who of them got which worker how often, known from the server's log.
  List<Link> heldWithWorkers() {
    // nginx writes its log after it answered.
    Map<Integer, Long> workers =
        await()
            .until(
                shop::servedByWorkers,
                map -> map.keySet().containsAll(workersClientByPort.keySet()));
    Map<String, Link> matrix = new HashMap<>();
    workersClientByPort.forEach((port, client) -> {
      long worker = requireNonNull(workers.get(port), "who served " + client);
      matrix.merge(
          client + worker,
          tcp(client, ShopNetwork.preforkWorker(worker), WORKERS_PORT),
          (link, one) -> link.times(link.active() + 1));
    });
    return matrix.values().stream().sorted().toList();
  }
}
