package dev.otelscope.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that drives one agent until it is closed; while there is nothing to do it naps.
final class AgentRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentRunner.class);
  private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long PATIENCE_MILLIS = 5_000;

  private final Agent agent;
  private final Thread thread;
  private volatile boolean running = true; // written by close(), read by the thread

  AgentRunner(String name, Agent agent) {
    this.agent = agent;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (running) {
      if (turn() == 0) {
        LockSupport.parkNanos(NAP_NANOS);
      }
    }
  }

  /// A bug in one turn must not stop all the following ones: the graph would stand still unnoticed.
  private int turn() {
    try {
      return agent.doWork();
    } catch (RuntimeException e) {
      LOG.error("{} failed; going on with what is next", thread.getName(), e);
      return 0;
    }
  }
}
