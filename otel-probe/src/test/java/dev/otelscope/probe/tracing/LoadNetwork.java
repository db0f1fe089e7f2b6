package dev.otelscope.probe.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.otelscope.probe.TestNamespace;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// Clients and servers in four network namespaces on a bridge, each program in a control group like
/// that of a container of its own:
///
/// ```
/// near    10.9.0.1   5 clients       far      10.9.0.3:8081, :8082, :8083
/// beside  10.9.0.2   15 clients      farther  10.9.0.4:8084, :8085
/// ```
///
/// The servers fork workers that share a listener, the one at 8081 one more than the others. A
/// client connects, asks once and is done, many times, with one server after the other.
final class LoadNetwork implements AutoCloseable {
  static final int NEAR_CLIENTS = 5;
  static final int CLIENTS = 20;
  static final int EACH = 500;
  static final int REQUEST = 7; // bytes
  private static final int WORKERS = 3;
  private static final int FIRST_PORT = 8081;
  private static final int FAR_SERVERS = 3;
  private static final int SERVERS = 5;

  /// Says its own process when it is ready, and once it was told to begin and is done, for each
  /// connection the worker that answered. A request without a version is answered with nothing but
  /// the content.
  private static final String CLIENT =
      """
      import os, socket, sys
      servers = [(a, int(p)) for a, p in (word.split("/") for word in sys.argv[2:])]
      print(os.getpid(), flush=True)
      sys.stdin.readline()
      workers = []
      for i in range(int(sys.argv[1])):
          with socket.socket() as connection:
              connection.connect(servers[i % len(servers)])
              connection.send(b"GET /\\r\\n")
              workers.append(connection.recv(64).decode().strip())
      print("\\n".join(workers))
      """;

  /// Who talked.
  record Pair(int client, int worker) {}

  /// A client that has not begun yet.
  private record Client(Process process, BufferedReader lines) {
    private int pid() {
      return (int) process.pid();
    }

    private void awaitReady() throws IOException {
      String said = lines.readLine();
      if (!Integer.toString(pid()).equals(said)) {
        throw new IllegalStateException("not a client: it said " + said);
      }
    }
  }

  private final Path folder;
  private final List<TestNamespace> namespaces = new ArrayList<>();
  private final List<TestContainerGroup> containers = new ArrayList<>();
  private final List<Process> servers = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private final Map<Integer, String> containerOf = new HashMap<>();
  private final Map<Pair, Long> made = new HashMap<>();
  final TestNamespace near;
  final TestNamespace beside;
  final TestNamespace far;
  final TestNamespace farther;

  LoadNetwork(Path folder) throws Exception {
    this.folder = folder;
    try {
      TestNamespace bridge = create();
      bridge.configure("link", "add", "bridge", "type", "bridge");
      bridge.configure("link", "set", "bridge", "up");
      near = connect(bridge, 1);
      beside = connect(bridge, 2);
      far = connect(bridge, 3);
      farther = connect(bridge, 4);
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private TestNamespace connect(TestNamespace bridge, int number) throws IOException {
    TestNamespace end = create();
    String port = "port" + number;
    bridge.configure("link", "add", port, "type", "veth", "peer", "eth0", "netns", end.name());
    bridge.configure("link", "set", port, "master", "bridge", "up");
    end.configure("address", "add", "10.9.0." + number + "/24", "dev", "eth0");
    end.configure("link", "set", "eth0", "up");
    return end;
  }

  private TestNamespace create() throws IOException {
    TestNamespace namespace = TestNamespace.create();
    namespaces.add(namespace);
    return namespace;
  }

  /// The container's id of each process that took part.
  Map<Integer, String> containerOf() {
    return containerOf;
  }

  /// Who had how many connections with whom.
  Map<Pair, Long> made() {
    return made;
  }

  void startServers() throws Exception {
    for (int i = 0; i < SERVERS; i++) {
      startServer(i);
    }
  }

  /// Starts one of the servers and waits until its workers are there.
  void startServer(int number) throws Exception {
    int port = FIRST_PORT + number;
    int workers = number == 0 ? WORKERS + 1 : WORKERS;
    String address = number < FAR_SERVERS ? "10.9.0.3" : "10.9.0.4";
    Path home = Files.createDirectory(folder.resolve("server-" + port));
    Path configuration = home.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off;
        master_process on;
        worker_processes %d;
        pid nginx.pid;
        error_log stderr error;
        events { worker_connections 512; accept_mutex on; }
        http {
          access_log off;
          client_body_temp_path temp;
          proxy_temp_path temp;
          fastcgi_temp_path temp;
          uwsgi_temp_path temp;
          scgi_temp_path temp;
          server { listen %s:%d; location / { return 200 "$pid\\n"; } }
        }
        """
            .formatted(workers, address, port));
    Process server =
        (number < FAR_SERVERS ? far : farther)
            .start("nginx", "-p", home.toString(), "-c", configuration.toString());
    servers.add(server);
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> server.toHandle().children().count() == workers);
    TestContainerGroup container = newContainer();
    for (ProcessHandle process :
        Stream.concat(Stream.of(server.toHandle()), server.children()).toList()) {
      container.add(process.pid());
      containerOf.put((int) process.pid(), container.id());
    }
    addresses.add(address + "/" + port);
  }

  /// Runs all clients, and `meanwhile` again and again.
  void load(Meanwhile meanwhile) throws Exception {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(startClient(i < NEAR_CLIENTS ? near : beside, EACH));
    }
    for (Client client : clients) {
      client.awaitReady();
    }
    long began = System.nanoTime();
    List<Thread> readers =
        clients.stream().map(client -> Thread.ofVirtual().start(() -> collect(client))).toList();
    for (Thread reader : readers) {
      while (reader.isAlive()) {
        meanwhile.run(reader);
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "%d connections in %.1f s, %.0f/s%n", CLIENTS * EACH, seconds, CLIENTS * EACH / seconds);
  }

  /// What is done while clients run.
  interface Meanwhile {
    void run(Thread client) throws Exception;
  }

  /// Runs one client near to its end.
  ///
  /// @return its pid
  int runClient(int connections) throws IOException {
    Client client = startClient(near, connections);
    client.awaitReady();
    collect(client);
    return client.pid();
  }

  private Client startClient(TestNamespace where, int connections) throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", "-c", CLIENT, "" + connections));
    command.addAll(addresses);
    Process process = where.start(command.toArray(String[]::new));
    TestContainerGroup container = newContainer();
    container.add(process.pid());
    containerOf.put((int) process.pid(), container.id());
    return new Client(process, process.inputReader(UTF_8));
  }

  private void collect(Client client) {
    try (BufferedReader lines = client.lines();
        BufferedWriter words = client.process().outputWriter(UTF_8)) {
      words.newLine();
      words.flush();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Pair pair = new Pair(client.pid(), Integer.parseInt(line));
        synchronized (made) {
          made.merge(pair, 1L, Long::sum);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the client's words could not be read", e);
    }
  }

  private TestContainerGroup newContainer() throws IOException {
    TestContainerGroup container = TestContainerGroup.create();
    containers.add(container);
    return container;
  }

  /// Ends the programs and removes everything.
  @Override
  public void close() throws IOException {
    try {
      for (Process server : servers) {
        server.destroy(); // its master ends its workers; killed, it would leave some behind
        server.onExit().orTimeout(30, TimeUnit.SECONDS).join();
      }
    } finally {
      for (TestNamespace namespace : namespaces) {
        namespace.close();
      }
      containers.forEach(TestContainerGroup::close);
    }
  }
}
