package dev.otelscope.probe.conntrack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.TestNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A client, two backends and someone outside, each in a network namespace of its own behind a
/// router that translates.
///
/// ```
/// client   10.8.1.2   ─┐            ┌─ first    10.8.2.2:8080
///                      ├─ router ───┼─ second   10.8.3.2:8080
/// outside  10.8.4.2   ─┘            │
///
/// 10.96.0.1:80   to the first and the second backend, in turns
/// 10.96.0.2:80   to the first backend, from the router's address (a hairpin, for the backend itself)
/// 10.96.0.3:80   from the client: to the client's own proxy at port 8080
/// ```
///
/// Whoever is outside sees the router's address. With IPv6, `fd00:8:1::2` and `fd00:96::1` instead.
final class TranslatingNetwork {
  static final int PORT = 8080;

  private static final String HOLD =
      """
      for ((i = 0; i < $3; i++)); do exec {file}<>/dev/tcp/$1/$2; done
      echo $$
      read -r
      """;

  private static final String ASK =
      """
      echo $$
      for ((i = 0; i < $3; i++)); do
        exec 3<>/dev/tcp/$1/$2
        printf 'GET /\\r\\n' >&3
        read -r server <&3
        exec 3>&-
        echo $server
      done
      """;

  private final boolean v6;
  private final List<TestNamespace> all = new ArrayList<>();
  private final List<Process> servers = new ArrayList<>();
  private final List<Process> clients = new ArrayList<>();
  final TestNamespace router;
  final TestNamespace client;
  final TestNamespace first;
  final TestNamespace second;
  final TestNamespace outside;

  /// A program that has connections open until the network is closed.
  record Held(int pid) {}

  /// What a program was answered.
  ///
  /// @param servers the process that answered, for each of its requests
  record Asked(int pid, List<Integer> servers) {}

  TranslatingNetwork(boolean v6) throws Exception {
    this.v6 = v6;
    try {
      router = create();
      client = create();
      first = create();
      second = create();
      outside = create();
      List<TestNamespace> ends = List.of(client, first, second, outside);
      for (int i = 0; i < ends.size(); i++) {
        connect(ends.get(i), i + 1);
      }
      run(router, "sysctl", "-qw", v6 ? "net.ipv6.conf.all.forwarding=1" : "net.ipv4.ip_forward=1");
      translate(
          router,
          """
          chain in {
            type nat hook prerouting priority dstnat;
            FAMILY daddr VIRTUAL1 tcp dport 80 dnat to numgen inc mod 2 map { 0 : FIRST, 1 : SECOND }:8080
            FAMILY daddr VIRTUAL2 tcp dport 80 dnat to [FIRST]:8080
          }
          chain out {
            type nat hook postrouting priority srcnat;
            oifname "port4" masquerade
            oifname "port2" ct original FAMILY daddr VIRTUAL2 masquerade
          }
          """);
      translate(
          client,
          """
          chain out {
            type nat hook output priority -100;
            FAMILY daddr VIRTUAL3 tcp dport 80 redirect to :8080
          }
          """);
    } catch (Exception e) {
      remove();
      throw e;
    }
  }

  /// A virtual address.
  String virtual(int number) {
    return v6 ? "fd00:96::" + number : "10.96.0." + number;
  }

  /// The address in the network with this number: 1 the client's, 2 and 3 those of the backends, 4
  /// that of who is outside.
  String address(int network) {
    return address(network, 2);
  }

  /// The router's address in a network.
  String routerAddress(int network) {
    return address(network, 1);
  }

  Set<String> names() {
    return all.stream().map(TestNamespace::name).collect(Collectors.toSet());
  }

  /// Starts a server that says its pid to whoever asks.
  void serve(TestNamespace where, Path folder) throws Exception {
    Path home = Files.createDirectory(folder.resolve(where.name()));
    Files.writeString(
        home.resolve("nginx.conf"),
        """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log stderr error;
        events { worker_connections 512; }
        http {
          access_log off;
          client_body_temp_path temp;
          proxy_temp_path temp;
          fastcgi_temp_path temp;
          uwsgi_temp_path temp;
          scgi_temp_path temp;
          server {
            listen 0.0.0.0:8080;
            listen [::]:8080 ipv6only=on;
            location / { return 200 "$pid\\n"; }
          }
        }
        """);
    servers.add(
        where.start("nginx", "-p", home.toString(), "-c", home.resolve("nginx.conf").toString()));
  }

  /// Opens connections and keeps them.
  Held hold(TestNamespace from, String address, int port, int count) throws IOException {
    Process process = from.start("bash", "-c", HOLD, "client", address, "" + port, "" + count);
    clients.add(process);
    return new Held(Integer.parseInt(process.inputReader(UTF_8).readLine()));
  }

  /// Connects, asks and closes, many times.
  Asked ask(TestNamespace from, String address, int port, int count) throws IOException {
    Process process = from.start("bash", "-c", ASK, "client", address, "" + port, "" + count);
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      int pid = Integer.parseInt(lines.readLine());
      return new Asked(pid, lines.lines().map(Integer::parseInt).toList());
    }
  }

  /// Ends the programs and removes the namespaces.
  void remove() throws Exception {
    try {
      clients.forEach(Process::destroy);
      for (Process server : servers) {
        server.destroy();
        assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      for (TestNamespace namespace : all) {
        namespace.close();
      }
    }
  }

  private TestNamespace create() throws IOException {
    TestNamespace namespace = TestNamespace.create();
    all.add(namespace);
    return namespace;
  }

  private void connect(TestNamespace end, int network) throws IOException {
    String port = "port" + network;
    router.configure("link", "add", port, "type", "veth", "peer", "eth0", "netns", end.name());
    give(router, routerAddress(network), port);
    give(end, address(network), "eth0");
    end.configure("route", "add", "default", "via", routerAddress(network));
  }

  private void give(TestNamespace where, String address, String device) throws IOException {
    List<String> words = new ArrayList<>(List.of("address", "add"));
    words.addAll(List.of(address + (v6 ? "/64" : "/24"), "dev", device));
    if (v6) {
      words.add("nodad");
    }
    where.configure(words.toArray(String[]::new));
    where.configure("link", "set", device, "up");
  }

  private void translate(TestNamespace where, String rules) throws Exception {
    String text =
        ("table FAMILY nat {\n" + rules + "}\n")
            .replace("FAMILY", v6 ? "ip6" : "ip")
            .replace("VIRTUAL1", virtual(1))
            .replace("VIRTUAL2", virtual(2))
            .replace("VIRTUAL3", virtual(3))
            .replace("[FIRST]", v6 ? "[" + address(2) + "]" : address(2))
            .replace("FIRST", address(2))
            .replace("SECOND", address(3));
    Process nft = where.start("nft", "-f", "-");
    try (OutputStream in = nft.getOutputStream()) {
      in.write(text.getBytes(UTF_8));
    }
    assertThat(nft.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(nft.exitValue()).as(text).isZero();
  }

  private void run(TestNamespace where, String... command) throws Exception {
    Process process = where.start(command);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private String address(int network, int host) {
    return v6 ? "fd00:8:" + network + "::" + host : "10.8." + network + "." + host;
  }
}
