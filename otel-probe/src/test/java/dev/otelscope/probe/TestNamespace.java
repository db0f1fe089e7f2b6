package dev.otelscope.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A network namespace that a test made, with its loopback up. Closing it ends the programs that
/// were started in it, and removes it.
public final class TestNamespace implements AutoCloseable {
  private static final Path NAMES = Path.of("/run/netns");
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name =
      "osprobe-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
  private final List<Process> programs = new ArrayList<>();
  private final NetworkNamespaces entrance;
  private final long inode;

  private TestNamespace() throws IOException {
    ip("netns", "add", name);
    try {
      ip("-n", name, "link", "set", "lo", "up");
      entrance = NetworkNamespaces.wanted(new NamespaceSelection(Set.of(name)));
      inode = entrance.find().iterator().next();
    } catch (IOException | RuntimeException e) {
      ip("netns", "del", name);
      throw e;
    }
  }

  public static TestNamespace create() throws IOException {
    return new TestNamespace();
  }

  /// In `/run/netns`.
  public String name() {
    return name;
  }

  /// As [dev.otelscope.probe.connection.ConnectionListener#namespace] tells it.
  public String inode() {
    return Long.toString(inode);
  }

  public NamespaceSelection selection() {
    return new NamespaceSelection(Set.of(name));
  }

  /// Runs `work` on a thread inside. Sockets that it opens belong to this namespace for good.
  public <T> T inside(Callable<T> work) throws IOException {
    return entrance.inside(inode, work).orElseThrow();
  }

  /// Takes IPv4 away: not even its loopback address is left.
  public void withoutV4() throws IOException {
    configure("address", "delete", "127.0.0.1/8", "dev", "lo");
  }

  /// Runs `ip` on this namespace.
  public void configure(String... arguments) throws IOException {
    show(arguments);
  }

  /// Runs `ip` on this namespace, and returns what it says.
  public String show(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("-n", name));
    command.addAll(List.of(arguments));
    return ip(command.toArray(String[]::new));
  }

  /// Gives it a second name in `/run/netns`, until that is closed.
  public AutoCloseable alsoNamed(String second) throws IOException {
    Path place = Files.createFile(NAMES.resolve(second));
    run("mount", "--bind", NAMES.resolve(name).toString(), place.toString());
    return () -> ip("netns", "del", second);
  }

  /// Starts a program inside; its output is this one's unless it is read.
  public Process start(String... command) throws IOException {
    List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", name));
    words.addAll(List.of(command));
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    programs.add(process);
    return process;
  }

  @Override
  public void close() throws IOException {
    try {
      for (Process program : programs) {
        program.descendants().forEach(ProcessHandle::destroyForcibly);
        program.destroyForcibly();
      }
    } finally {
      entrance.close();
      ip("netns", "del", name);
    }
  }

  private static String ip(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(requireNonNull(process.getInputStream()).readAllBytes(), UTF_8);
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + " failed: " + output);
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(String.join(" ", command) + " was interrupted", e);
    }
  }
}
