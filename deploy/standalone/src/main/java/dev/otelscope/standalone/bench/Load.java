package dev.otelscope.standalone.bench;

import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Namespaces;
import dev.otelscope.standalone.testbed.RemoteTalker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Programs that talk, in namespaces of their own: servers in one, clients in the others.
final class Load implements AutoCloseable {
  private static final String ADDRESS = "10.77.0.10";
  private static final int FIRST_PORT = 7000;

  /// A short conversation, about that of a small HTTP request.
  private static final String SMALL = "200 1000";

  private final Namespaces namespaces = Namespaces.create();
  private final Namespace serverSide = namespaces.addToBridge("servers", ADDRESS + "/16");
  private final List<Namespace> clientSides = new ArrayList<>();
  private final List<RemoteTalker> servers = new ArrayList<>();
  private final List<RemoteTalker> clients = new ArrayList<>();

  /// Starts the programs; they do not talk yet.
  ///
  /// @param clientNamespaces that the clients are spread over
  /// @param log file for what they complain about
  Load(int serverCount, int clientCount, int clientNamespaces, Path log) {
    serverSide.sysctl("net.core.somaxconn", "16384");
    for (int i = 0; i < clientNamespaces; i++) {
      Namespace side =
          namespaces.addToBridge(
              "clients" + i, "10.77.%d.%d/16".formatted(1 + i / 250, 1 + i % 250));
      side.sysctl("net.ipv4.ip_local_port_range", "10000 65000");
      clientSides.add(side);
    }
    for (int i = 0; i < serverCount; i++) {
      servers.add(startServer(FIRST_PORT + i, log));
    }
    for (int i = 0; i < clientCount; i++) {
      clients.add(RemoteTalker.start(clientSides.get(i % clientNamespaces), log));
    }
  }

  private RemoteTalker startServer(int port, Path log) {
    RemoteTalker server = RemoteTalker.start(serverSide, log);
    server.tell("listen %s %d".formatted(ADDRESS, port));
    return server;
  }

  /// What `--namespaces` takes.
  String namespaceNames() {
    return Stream.concat(Stream.of(serverSide), clientSides.stream())
        .map(Namespace::name)
        .collect(Collectors.joining(","));
  }

  /// More programs, none of which has a connection.
  Strangers strangers(int pairs, Path log) {
    int clientCount = Math.max(1, (int) Math.round(Math.sqrt(pairs / 2.0)));
    int serverCount = (pairs + clientCount - 1) / clientCount;
    return new Strangers(serverCount, clientCount, log);
  }

  /// Programs that meet for the first time when they are told to.
  final class Strangers implements AutoCloseable {
    private static final int FIRST_STRANGE_PORT = 6000;
    private final List<RemoteTalker> listening = new ArrayList<>();
    private final List<RemoteTalker> calling = new ArrayList<>();

    private Strangers(int serverCount, int clientCount, Path log) {
      for (int i = 0; i < serverCount; i++) {
        listening.add(startServer(FIRST_STRANGE_PORT + i, log));
      }
      for (int i = 0; i < clientCount; i++) {
        calling.add(RemoteTalker.start(clientSides.get(i % clientSides.size()), log));
      }
    }

    /// @param pair from 0
    RemoteTalker client(int pair) {
      return calling.get(pair / listening.size());
    }

    /// @param pair from 0
    RemoteTalker server(int pair) {
      return listening.get(pair % listening.size());
    }

    /// Opens a connection between the programs of a pair, and holds it.
    void meet(int pair) {
      int port = FIRST_STRANGE_PORT + pair % listening.size();
      client(pair).tell("hold 1 %s %d".formatted(ADDRESS, port));
    }

    @Override
    public void close() {
      calling.forEach(RemoteTalker::close);
      listening.forEach(RemoteTalker::close);
    }
  }

  /// Opens connections, spread evenly over clients and servers, and keeps asking something on each
  /// every ten seconds, evenly spread.
  void hold(int connections) {
    inParallel((client, index) -> {
      for (int server = 0; server < servers.size(); server++) {
        int share = share(connections, index * servers.size() + server);
        if (share > 0) {
          client.tell("hold %d %s %d".formatted(share, ADDRESS, FIRST_PORT + server));
        }
      }
      client.tell("busy 10000 " + SMALL);
    });
  }

  private int share(int total, int pair) {
    int pairs = clients.size() * servers.size();
    return total / pairs + (pair < total % pairs ? 1 : 0);
  }

  /// Opens and closes this many connections a second, from now on.
  void churn(int perSecond) {
    for (int i = 0; i < clients.size(); i++) {
      int share = perSecond / clients.size() + (i < perSecond % clients.size() ? 1 : 0);
      if (share > 0) {
        clients
            .get(i)
            .tell(
                "churn %d %s %d %s"
                    .formatted(share, ADDRESS, FIRST_PORT + i % servers.size(), SMALL));
      }
    }
  }

  /// Ends all talk; connections are still held.
  void rest() {
    inParallel((client, index) -> client.tell("idle"));
  }

  /// Connections opened so far.
  long opened() {
    return clients.stream().mapToLong(client -> client.totals().opened()).sum();
  }

  @FunctionalInterface
  private interface Task {
    void run(RemoteTalker client, int index);
  }

  private void inParallel(Task task) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients.size(); i++) {
        int index = i;
        threads.execute(() -> task.run(clients.get(index), index));
      }
    }
  }

  @Override
  public void close() {
    // Removing a namespace ends all who are in it at once.
    namespaces.close();
    clients.forEach(RemoteTalker::close);
    servers.forEach(RemoteTalker::close);
  }
}
