package dev.otelscope.standalone.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Network namespaces, joined by a bridge that has a namespace of its own: nothing is added to the
/// machine's own network. Closing removes them with what still runs inside; so does the end of the
/// virtual machine. After a kill the next [#create] removes what was left.
public final class Namespaces implements AutoCloseable {
  private static final Path FOLDER = Path.of("/run/netns");
  private static final String PREFIX = "otelscope-";
  private static final Pattern OURS = Pattern.compile(PREFIX + "(\\d+)-.*");
  private static final String BRIDGE = "bridge";

  private final String prefix = PREFIX + ProcessHandle.current().pid() + "-";
  private final Deque<Namespace> namespaces = new ArrayDeque<>();
  private final Thread remover = Thread.ofPlatform().unstarted(this::removeAll);
  private Optional<Namespace> bridge = Optional.empty();
  private int ports;

  private Namespaces() {
    Runtime.getRuntime().addShutdownHook(remover);
  }

  public static Namespaces create() {
    removeLeftovers();
    return new Namespaces();
  }

  /// A new namespace with nothing but loopback.
  ///
  /// @param label what it is for; unique among these
  public synchronized Namespace add(String label) {
    Namespace namespace = new Namespace(prefix + label);
    Command.run("ip", "netns", "add", namespace.name());
    namespaces.push(namespace);
    namespace.ip("link", "set", "lo", "up");
    return namespace;
  }

  /// A new namespace whose `eth0` is on the bridge.
  ///
  /// @param networks its addresses there, each with its prefix length
  public synchronized Namespace addToBridge(String label, String... networks) {
    if (bridge.isEmpty()) {
      bridge = Optional.of(newBridge());
    }
    Namespace hub = bridge.get();
    Namespace namespace = add(label);
    String port = "port" + ports++;
    hub.ip("link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", namespace.name());
    hub.ip("link", "set", port, "master", BRIDGE, "up");
    namespace.ip("link", "set", "eth0", "up");
    for (String network : networks) {
      namespace.address(network);
    }
    return namespace;
  }

  /// A new namespace whose `eth0` leads to a router, and through it to everything else.
  ///
  /// @param address its own, with the prefix length
  /// @param gateway the router's in the same network, which it is given
  public synchronized Namespace addBehind(
      Namespace router, String label, String address, String gateway) {
    Namespace namespace = add(label);
    String port = "port" + ports++;
    router.ip(
        "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", namespace.name());
    router.ip("address", "add", gateway + address.substring(address.indexOf('/')), "dev", port);
    router.ip("link", "set", port, "up");
    namespace.ip("link", "set", "eth0", "up");
    namespace.address(address);
    namespace.ip("route", "add", "default", "via", gateway);
    return namespace;
  }

  /// Removes one of these before the others, with what still runs inside.
  public synchronized void remove(Namespace namespace) {
    if (namespaces.remove(namespace)) {
      remove(namespace.name());
    }
  }

  private Namespace newBridge() {
    Namespace hub = add(BRIDGE);
    // Snooping would drop neighbour discovery until a querier was heard.
    hub.ip("link", "add", BRIDGE, "type", "bridge", "mcast_snooping", "0");
    hub.ip("link", "set", BRIDGE, "up");
    return hub;
  }

  @Override
  public void close() {
    removeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(remover);
    } catch (IllegalStateException e) {
      // The virtual machine is ending, and the hook is what runs us.
      return;
    }
  }

  private synchronized void removeAll() {
    while (!namespaces.isEmpty()) {
      remove(namespaces.pop().name());
    }
  }

  private static void removeLeftovers() {
    if (!Files.isDirectory(FOLDER)) {
      return;
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      for (String name : names) {
        Matcher ours = OURS.matcher(name);
        if (ours.matches() && ProcessHandle.of(Long.parseLong(ours.group(1))).isEmpty()) {
          remove(name);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(String name) {
    for (String pid : Command.run("ip", "netns", "pids", name).lines().toList()) {
      ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(ProcessHandle::destroyForcibly);
    }
    Command.run("ip", "netns", "delete", name);
  }
}
