package dev.otelscope.probe.kernel;

import static dev.otelscope.probe.kernel.Capability.SYS_ADMIN;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The one thread that enters other network namespaces. A namespace belongs to a kernel thread: a
/// virtual thread would leave its carrier there, a pooled one would surprise its next user.
///
/// It goes back after each piece of work, because a thread keeps the namespace that it is in alive.
final class NamespaceThread implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("network-namespaces").factory());

  /// Runs `work` inside a network namespace and waits for it.
  ///
  /// @param namespace an open file of the namespace, stays open
  /// @throws KernelException when it may not be entered, or from `work`
  <T> T inside(int namespace, Callable<T> work) throws KernelException {
    try {
      return thread.submit(() -> thereAndBack(namespace, work)).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KernelException failure) {
        throw failure;
      }
      throw new IllegalStateException("work in a network namespace failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KernelException("setns(network namespace)", Errno.EINTR, "");
    }
  }

  /// Runs `work` where the calling thread is.
  static <T> T call(Callable<T> work) throws KernelException {
    try {
      return work.call();
    } catch (KernelException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("work in a network namespace failed", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private static <T> T thereAndBack(int namespace, Callable<T> work) throws KernelException {
    int home = Libc.open("/proc/thread-self/ns/net", Libc.O_RDONLY | Libc.O_CLOEXEC);
    if (home < 0) {
      throw new KernelException("open(/proc/thread-self/ns/net)", -home, "mount /proc");
    }
    try {
      enter(namespace);
      try {
        return call(work);
      } finally {
        enter(home);
      }
    } finally {
      Libc.close(home);
    }
  }

  private static void enter(int namespace) throws KernelException {
    int entered = Libc.setns(namespace);
    if (entered < 0) {
      throw new KernelException(
          "setns(network namespace)",
          -entered,
          Errno.isDenied(-entered) ? Capability.advice(SYS_ADMIN) : "");
    }
  }
}
