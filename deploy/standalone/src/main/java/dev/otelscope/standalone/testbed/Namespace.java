package dev.otelscope.standalone.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A network namespace that [Namespaces] made; it has a loopback interface, and `eth0` once it is
/// on the bridge.
///
/// @param name as `ip netns` knows it
public record Namespace(String name) {
  private static final Path FOLDER = Path.of("/run/netns");

  /// Number by which the kernel and the probe's `--namespaces` know it.
  public long inode() {
    try {
      return ((Number) Files.getAttribute(FOLDER.resolve(name), "unix:ino")).longValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The command that runs `command` in here, under the same process id.
  public List<String> inside(List<String> command) {
    return Stream.concat(Stream.of("ip", "netns", "exec", name), command.stream()).toList();
  }

  /// The command that runs `command` in here, under the same process id.
  public List<String> inside(String... command) {
    return inside(List.of(command));
  }

  /// Gives `eth0` an address.
  ///
  /// @param network address and prefix length, such as `10.77.0.10/24`
  public void address(String network) {
    addAddress(network, "eth0");
  }

  /// Gives the loopback interface an address besides 127.0.0.1 and ::1.
  public void loopbackAddress(String network) {
    addAddress(network, "lo");
  }

  private void addAddress(String network, String device) {
    if (network.contains(":")) {
      // Duplicate address detection would hold the address back for a second.
      ip("-6", "address", "add", network, "dev", device, "nodad");
    } else {
      ip("address", "add", network, "dev", device);
    }
  }

  /// Runs `ip` in here.
  public String ip(String... arguments) {
    return Command.run(Stream.concat(Stream.of("ip", "-n", name), Stream.of(arguments)).toList());
  }

  /// Adds rules of netfilter.
  ///
  /// @param rules in the language of `nft`
  public void nft(String rules) {
    Command.run(inside("nft", rules));
  }

  /// Sets a kernel parameter of this namespace.
  public void sysctl(String parameter, String value) {
    Command.run(inside("sysctl", "-q", "-w", parameter + "=" + value));
  }
}
