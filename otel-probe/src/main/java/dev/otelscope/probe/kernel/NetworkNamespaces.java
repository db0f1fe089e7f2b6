package dev.otelscope.probe.kernel;

import static dev.otelscope.probe.kernel.Capability.SYS_PTRACE;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;

/// The network namespaces of this machine, each known by its inode number: those that a process is
/// in, and those that are mounted where iproute2, container networks and Docker put them. Asked by
/// one thread.
///
/// An inode number is given to another namespace once the first is gone; a [NetlinkSocket] that was
/// opened inside keeps it from going, so the number stays good while one is open.
public final class NetworkNamespaces implements AutoCloseable {
  private static final List<Path> MOUNTS =
      List.of(Path.of("/run/netns"), Path.of("/run/docker/netns"));
  private static final String LINK = "ns/net";
  private static final Path OWN_LINK = Path.of("/proc/thread-self/ns/net");
  private static final String MOUNT_PROC = "mount /proc";

  /// Where a namespace was seen.
  private sealed interface Place {
    record OfProcess(int pid) implements Place {}

    record Mounted(Path file) implements Place {}
  }

  private final NamespaceSelection selection;
  private final long own;
  private final boolean onlyOwn;
  private final ProcFiles proc = new ProcFiles(Path.of("/proc"));
  private final NamespaceLinks links = new NamespaceLinks(proc);
  private final NumberedDirectory processes = new NumberedDirectory();
  private final NamespaceThread thread = new NamespaceThread();
  private Map<Long, Place> places = Map.of();
  private int unreadable;

  private NetworkNamespaces(NamespaceSelection selection, long own, boolean onlyOwn) {
    this.selection = selection;
    this.own = own;
    this.onlyOwn = onlyOwn;
  }

  /// Those of the whole machine that are wanted.
  ///
  /// @throws KernelException when `/proc` is not mounted
  public static NetworkNamespaces wanted(NamespaceSelection selection) throws KernelException {
    return new NetworkNamespaces(selection, own(), false);
  }

  /// Only the one that this process is in, which takes no privileges.
  ///
  /// @throws KernelException when `/proc` is not mounted
  public static NetworkNamespaces onlyOwn() throws KernelException {
    return new NetworkNamespaces(NamespaceSelection.ALL, own(), true);
  }

  /// The namespace of the calling thread, which is that of the program unless someone moved it.
  ///
  /// @throws KernelException when `/proc` is not mounted
  public static long own() throws KernelException {
    return inodeOf(OWN_LINK)
        .orElseThrow(() -> new KernelException("stat(" + OWN_LINK + ")", Errno.ENOENT, MOUNT_PROC));
  }

  /// Looks which namespaces there are now. A process that is not young any more and moves into
  /// another one is noticed by one of the next eight looks.
  public Set<Long> find() {
    if (onlyOwn) {
      return Set.of(own);
    }
    places = new LinkedHashMap<>();
    unreadable = 0;
    findMounts();
    findProcesses();
    return places.keySet();
  }

  /// How many processes the last [#find] could not look at for lack of privileges.
  public int unreadable() {
    return unreadable;
  }

  /// Runs `work` on a thread that is inside a namespace which the last [#find] told. The own one is
  /// not entered, so it takes no privileges.
  ///
  /// @return empty when the namespace went away meanwhile
  /// @throws KernelException when it may not be entered, or from `work`
  public <T> Optional<T> inside(long inode, Callable<T> work) throws KernelException {
    if (inode == own) {
      return Optional.of(NamespaceThread.call(work));
    }
    int file = open(inode);
    if (file < 0) {
      if (Errno.isDenied(-file)) {
        throw new KernelException(
            "open(net:[" + inode + "])", -file, Capability.advice(SYS_PTRACE));
      }
      return Optional.empty();
    }
    try {
      return isStill(inode, file) ? Optional.of(thread.inside(file, work)) : Optional.empty();
    } finally {
      Libc.close(file);
    }
  }

  /// Tries whether other namespaces may be entered.
  ///
  /// @throws KernelException when not; the message says which capability to give
  public void tryEntering() throws KernelException {
    int file = Libc.open(OWN_LINK.toString(), Libc.O_RDONLY | Libc.O_CLOEXEC);
    if (file < 0) {
      throw new KernelException("open(" + OWN_LINK + ")", -file, MOUNT_PROC);
    }
    try {
      thread.inside(file, () -> true);
    } finally {
      Libc.close(file);
    }
  }

  /// Opens a file of a namespace's `/proc/net`.
  ///
  /// @param inode as told by the last [#find]
  /// @param name such as `tcp6`
  /// @return a file descriptor or `-errno`
  public int openFile(long inode, String name) {
    if (inode == own) {
      return openOfThisThread(name);
    }
    return switch (places.get(inode)) {
      case Place.OfProcess(int pid) -> proc.open(pid, "net/" + name);
      case Place.Mounted mounted -> openInside(inode, name);
      case null -> -Errno.ENOENT;
    };
  }

  @Override
  public void close() {
    thread.close();
  }

  private void findMounts() {
    for (Path directory : MOUNTS) {
      if (!Files.isDirectory(directory)) {
        continue; // nobody has made a named namespace here
      }
      try (DirectoryStream<Path> mounts = Files.newDirectoryStream(directory)) {
        for (Path mount : mounts) {
          inodeOf(mount).ifPresent(inode -> noteMount(inode, mount));
        }
      } catch (IOException | DirectoryIteratorException e) {
        unreadable++;
      }
    }
  }

  private void noteMount(long inode, Path mount) {
    if (selection.wants(inode) || selection.wants(mount.getFileName().toString())) {
      places.putIfAbsent(inode, new Place.Mounted(mount));
    }
  }

  private static OptionalLong inodeOf(Path file) {
    try {
      return OptionalLong.of((long) Files.getAttribute(file, "unix:ino"));
    } catch (IOException e) {
      return OptionalLong.empty(); // unmounted meanwhile
    }
  }

  private void findProcesses() {
    int directory = proc.openProcesses();
    if (directory < 0) {
      return;
    }
    processes.begin(directory);
    links.begin();
    long last = -1; // most neighbours share a namespace
    while (processes.next()) {
      long inode = links.of(processes.number(), processes.inode());
      if (inode < 0) {
        unreadable += Errno.isDenied((int) -inode) ? 1 : 0;
        continue;
      }
      if (inode != last && selection.wants(inode)) {
        last = inode;
        places.putIfAbsent(inode, new Place.OfProcess(processes.number()));
      }
    }
    processes.close();
    links.end();
  }

  private int openInside(long inode, String name) {
    try {
      return inside(inode, () -> openOfThisThread(name)).orElse(-Errno.ENOENT);
    } catch (KernelException e) {
      return -e.errno();
    }
  }

  private static int openOfThisThread(String name) {
    return Libc.open("/proc/thread-self/net/" + name, Libc.O_RDONLY | Libc.O_CLOEXEC);
  }

  private int open(long inode) {
    return switch (places.get(inode)) {
      case Place.OfProcess(int pid) -> proc.open(pid, LINK);
      case Place.Mounted(Path file) -> Libc.open(file.toString(), Libc.O_RDONLY | Libc.O_CLOEXEC);
      case null -> -Errno.ENOENT;
    };
  }

  /// The process may have moved, or the file may not be mounted yet.
  private static boolean isStill(long inode, int file) {
    OptionalLong opened = inodeOf(Path.of("/proc/self/fd/" + file));
    return opened.isPresent() && opened.getAsLong() == inode;
  }
}
