package dev.otelscope.engine.law;

import dev.otelscope.engine.ProbeRequest;
import dev.otelscope.model.EntityId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A small world in which client processes on some hosts talk to server processes on others, and
/// which knows what really happened.
final class World {
  static final int PORT = 80;
  private static final int CLIENT_HOSTS = 2;
  private static final int SERVER_HOSTS = 2;
  private static final int PROCESSES_PER_HOST = 2;

  private final Random random;
  private final List<Program> clients = new ArrayList<>();
  private final List<Program> servers = new ArrayList<>();
  private final Map<Pair, Traffic> truth = new LinkedHashMap<>();
  private int nextPid = 100;
  private int nextClientPort = 20_000;

  record Program(String host, String address, int pid, int port) {
    EntityId id() {
      return ProbeRequest.processId(host, pid);
    }
  }

  record Pair(Program client, Program server) {}

  /// What went on between two processes, ever.
  static final class Traffic {
    long opened;
    long failed;
    long sent;
    long received;
    long active;
    long lastActivitySecond;

    /// By the client's port.
    final List<Integer> open = new ArrayList<>();

    final List<Integer> openedInThisSecond = new ArrayList<>();

    private void open(int port) {
      opened++;
      openedInThisSecond.add(port);
    }
  }

  /// @param sharedPorts whether the servers of a host share their port
  World(Random random, boolean sharedPorts) {
    this.random = random;
    for (int host = 0; host < CLIENT_HOSTS; host++) {
      for (int i = 0; i < PROCESSES_PER_HOST; i++) {
        clients.add(new Program("c" + host, "10.0.0." + (1 + host), nextPid++, 0));
      }
    }
    for (int host = 0; host < SERVER_HOSTS; host++) {
      for (int i = 0; i < PROCESSES_PER_HOST; i++) {
        servers.add(
            new Program(
                "s" + host, "10.0.1." + (1 + host), nextPid++, sharedPorts ? PORT : PORT + i));
      }
    }
  }

  List<Program> servers() {
    return servers;
  }

  List<String> clientHosts() {
    return clients.stream().map(Program::host).distinct().toList();
  }

  List<String> serverHosts() {
    return servers.stream().map(Program::host).distinct().toList();
  }

  Map<Pair, Traffic> truth() {
    return truth;
  }

  /// Something happens during a second, some of it on every pair that ever talked, so that no edge
  /// is idle for long.
  void live(long second) {
    truth.values().forEach(traffic -> traffic.openedInThisSecond.clear());
    for (Program client : clients) {
      for (Program server : servers) {
        Pair pair = new Pair(client, server);
        if (truth.containsKey(pair) || random.nextInt(6) == 0) {
          talk(truth.computeIfAbsent(pair, key -> new Traffic()), second);
        }
      }
    }
  }

  /// A client process ends, its connections with it, and another one begins.
  void replaceClient(long second) {
    int index = random.nextInt(clients.size());
    Program old = clients.get(index);
    truth.forEach((pair, traffic) -> {
      if (pair.client().equals(old) && traffic.active > 0) {
        traffic.active = 0;
        traffic.open.clear();
        traffic.lastActivitySecond = second;
      }
    });
    clients.set(index, new Program(old.host(), old.address(), nextPid++, 0));
  }

  private void talk(Traffic traffic, long second) {
    if (traffic.active == 0 || random.nextInt(3) == 0) {
      int port = nextClientPort++;
      traffic.open(port);
      traffic.open.add(port);
      traffic.active++;
    }
    if (traffic.active > 1 && random.nextInt(3) == 0) {
      traffic.active--;
      Collections.shuffle(traffic.open, random);
      traffic.open.removeLast();
    }
    if (random.nextInt(10) == 0) {
      for (int i = 0; i < 2; i++) { // two short ones, gone before anyone looks
        traffic.open(nextClientPort++);
      }
    }
    if (random.nextInt(8) == 0) {
      traffic.failed++;
    }
    if (random.nextBoolean()) {
      traffic.sent += random.nextInt(1_000);
      traffic.received += random.nextInt(10_000);
    }
    traffic.lastActivitySecond = second;
  }
}
