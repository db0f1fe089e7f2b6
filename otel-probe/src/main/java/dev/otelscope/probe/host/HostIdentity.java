package dev.otelscope.probe.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Who this host is.
///
/// @param id `otelscope.host.id`: what the configuration says, else a hash of machine id and host
///   name, since cloned images share the former
/// @param machineId of `/etc/machine-id`, empty when there is none
/// @param bootId different after every start of the kernel
public record HostIdentity(String id, String machineId, String name, String bootId) {
  private static final List<Path> MACHINE_ID =
      List.of(Path.of("/etc/machine-id"), Path.of("/var/lib/dbus/machine-id"));
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int BYTES_OF_ID = 16;

  public HostIdentity {
    requireNonNull(machineId, "machineId");
    requireNonNull(name, "name");
    requireNonNull(bootId, "bootId");
    if (id.isBlank()) {
      throw new IllegalArgumentException("a host needs an id that is not blank");
    }
  }

  /// This machine's.
  ///
  /// @param configuredId takes precedence over the hash
  public static HostIdentity ofThisMachine(Optional<String> configuredId) {
    String machineId =
        MACHINE_ID.stream()
            .map(HostIdentity::read)
            .filter(id -> !id.isEmpty())
            .findFirst()
            .orElse("");
    String name = read(HOST_NAME);
    String id = configuredId.orElseGet(() -> hash(machineId, name));
    return new HostIdentity(id, machineId, name, read(BOOT_ID));
  }

  static String hash(String machineId, String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest((machineId + "\n" + name).getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES_OF_ID);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
