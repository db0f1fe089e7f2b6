package dev.otelscope.probe.kernel.bpf;

import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What a process has in the kernel: its maps, links and their programs, by the numbers that the
/// kernel gave them.
public final class BpfInventory {
  private static final int LINK_DETACH = 34;

  /// Kinds of objects: the field of `/proc/<pid>/fdinfo` that has the number, and the command of
  /// `bpf` that opens the object which has it.
  private enum Kind {
    PROGRAM("prog_id", 13),
    MAP("map_id", 14),
    LINK("link_id", 30);

    private final String field;
    private final int openById;

    Kind(String field, int openById) {
      this.field = field;
      this.openById = openById;
    }
  }

  private record Numbered(Kind kind, int number) {
    @Override
    public String toString() {
      return kind + " " + number;
    }
  }

  private final Set<Numbered> objects = new LinkedHashSet<>();
  private final Set<Numbered> ofControlGroups = new LinkedHashSet<>();

  private BpfInventory() {}

  /// Reads what the process has now.
  public static BpfInventory of(long pid) throws IOException {
    BpfInventory inventory = new BpfInventory();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of("/proc/" + pid + "/fdinfo"))) {
      for (Path file : files) {
        inventory.read(file);
      }
    }
    return inventory;
  }

  /// How many links there are.
  public long links() {
    return objects.stream().filter(each -> each.kind() == Kind.LINK).count();
  }

  /// Those that still exist, in words; also when nobody knows what for.
  public Set<String> left() {
    Set<String> left = new LinkedHashSet<>();
    for (Numbered each : objects) {
      int descriptor = open(each);
      if (descriptor >= 0) {
        Libc.close(descriptor);
      }
      if (descriptor != -Errno.ENOENT) {
        left.add(each.toString());
      }
    }
    return left;
  }

  /// Detaches the programs of control groups, as any privileged program could.
  public void detachFromControlGroups() {
    try (Arena arena = Arena.ofConfined()) {
      for (Numbered each : ofControlGroups) {
        int descriptor = open(each);
        int detached = Libc.bpf(LINK_DETACH, new Attributes(arena, 8).with(0, descriptor).bytes());
        Libc.close(descriptor);
        if (detached < 0) {
          throw new IllegalStateException(each + " stays: " + Errno.name(-detached));
        }
      }
    }
  }

  private static int open(Numbered object) {
    try (Arena arena = Arena.ofConfined()) {
      return Libc.bpf(
          object.kind().openById, new Attributes(arena, 16).with(0, object.number()).bytes());
    }
  }

  private void read(Path file) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(":\\s*", 2);
        fields.put(words[0], words[words.length - 1]);
      }
    } catch (NoSuchFileException e) {
      return; // closed meanwhile
    }
    for (Kind kind : Kind.values()) {
      String number = fields.get(kind.field);
      if (number != null) {
        Numbered object = new Numbered(kind, Integer.parseInt(number));
        objects.add(object);
        if (kind == Kind.LINK && "cgroup".equals(fields.get("link_type"))) {
          ofControlGroups.add(object);
        }
      }
    }
  }
}
