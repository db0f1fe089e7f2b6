package dev.otelscope.standalone.bench;

import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Namespaces;
import dev.otelscope.standalone.testbed.RemoteTalker;
import dev.otelscope.standalone.testbed.ShortPrograms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Network namespaces that come and go, some at a time, with programs in them that come and go and
/// talk to one server that stays.
final class ChurnLoad implements AutoCloseable {
  private static final int AT_A_TIME = 4;
  private static final String SERVER = "10.78.0.10";
  private static final int PORT = 7000;

  private final Namespaces namespaces = Namespaces.create();
  private final Namespace serverSide = namespaces.addToBridge("server", SERVER + "/16");
  private final RemoteTalker server;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
  private final List<Future<?>> work = new ArrayList<>();
  private final AtomicInteger gone = new AtomicInteger();

  ChurnLoad(Path log) {
    server = RemoteTalker.start(serverSide, log);
    server.tell("listen %s %d".formatted(SERVER, PORT));
  }

  /// Begins.
  ///
  /// @param count namespaces in all
  /// @param processes in each of them
  /// @param connections of each process
  void start(int count, int processes, int connections, Duration time) {
    Duration each = time.multipliedBy(AT_A_TIME).dividedBy(count);
    for (int i = 0; i < count; i++) {
      int number = i;
      work.add(threads.submit(() -> live(number, processes, connections, each)));
    }
  }

  private void live(int number, int processes, int connections, Duration time) {
    String address = "10.78.%d.%d/16".formatted(1 + number / 250, 1 + number % 250);
    Namespace namespace = namespaces.addToBridge("short" + number, address);
    try {
      ShortPrograms.run(namespace, processes, connections, SERVER, PORT, time);
    } finally {
      namespaces.remove(namespace);
    }
    gone.incrementAndGet();
  }

  /// Namespaces that have come and gone.
  int gone() {
    return gone.get();
  }

  boolean isDone() {
    return work.stream().allMatch(Future::isDone);
  }

  /// Namespaces in which something went wrong.
  long failed() {
    return work.stream().filter(one -> one.state() == Future.State.FAILED).count();
  }

  long serverPid() {
    return server.pid();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    namespaces.close();
    server.close();
  }
}
