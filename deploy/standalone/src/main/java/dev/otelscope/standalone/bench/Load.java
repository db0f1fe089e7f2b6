package dev.otelscope.standalone.bench;

import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Namespaces;
import dev.otelscope.standalone.testbed.RemoteTalker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Programs that talk, in namespaces of their own: servers in one, clients in another.
final class Load implements AutoCloseable {
  private static final String ADDRESS = "10.77.0.10";
  private static final int FIRST_PORT = 7000;

  /// A short conversation, about that of a small HTTP request.
  private static final String SMALL = "200 1000";

  private final Namespaces namespaces = Namespaces.create();
  private final Namespace serverSide = namespaces.addToBridge("servers", ADDRESS + "/16");
  private final Namespace clientSide = namespaces.addToBridge("clients", "10.77.0.20/16");
  private final List<RemoteTalker> servers = new ArrayList<>();
  private final List<RemoteTalker> clients = new ArrayList<>();

  /// Starts the programs; they do not talk yet.
  ///
  /// @param log file for what they complain about
  Load(int serverCount, int clientCount, Path log) {
    serverSide.sysctl("net.core.somaxconn", "16384");
    clientSide.sysctl("net.ipv4.ip_local_port_range", "10000 65000");
    for (int i = 0; i < serverCount; i++) {
      RemoteTalker server = RemoteTalker.start(serverSide, log);
      server.tell("listen %s %d".formatted(ADDRESS, FIRST_PORT + i));
      servers.add(server);
    }
    for (int i = 0; i < clientCount; i++) {
      clients.add(RemoteTalker.start(clientSide, log));
    }
  }

  /// What `--namespaces` takes.
  String namespaceNames() {
    return serverSide.name() + "," + clientSide.name();
  }

  /// How many pairs of a client and a server there are.
  int pairs() {
    return clients.size() * servers.size();
  }

  /// Opens a connection between the programs of a pair, and holds it.
  ///
  /// @param pair from 0
  void connect(int pair) {
    clients
        .get(pair / servers.size())
        .tell("hold 1 %s %d".formatted(ADDRESS, FIRST_PORT + pair % servers.size()));
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
    return total / pairs() + (pair < total % pairs() ? 1 : 0);
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
    clients.forEach(RemoteTalker::close);
    servers.forEach(RemoteTalker::close);
    namespaces.close();
  }
}
