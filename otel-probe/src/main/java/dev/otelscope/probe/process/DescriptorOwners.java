package dev.otelscope.probe.process;

import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.NumberedDirectory;
import dev.otelscope.probe.kernel.ProcFiles;
import dev.otelscope.probe.primitive.LongMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds sockets among the open files of all processes that may be read. Not thread-safe.
public final class DescriptorOwners implements SocketOwners {
  /*
   * Where to look
   *   Reading one descriptor is a system call (2.4 µs), so a pass stops as soon as everything that was
   *   asked for is found, and goes where that is likeliest first:
   *     1. processes not read before. All of them, to the end: only they can share, by fork, a socket
   *        that is older than they are, and then they are the younger holders;
   *     2. processes in which something was found lately: servers and busy clients;
   *     3. all others, the youngest first. This is O(descriptors of the machine), so on a machine with
   *        many it is done at every second refresh only.
   *   Whatever a complete pass did not find (a socket of the kernel, of a process that may not be read,
   *   or one that is closed again) is not looked for at once again, but after 1, 2, 4 … 64 refreshes.
   *
   * Staying right
   *   A process that hands a socket to its child and closes it (inetd, PostgreSQL) does so within
   *   milliseconds, and the child, being new, is read in the same pass. Besides, when a process is read
   *   to the end and no longer has a socket that it owned, that socket is looked for anew; every owner
   *   is read at least once in 16 refreshes.
   *   A process that may not be read is tried again after 64 refreshes: it may have given up what
   *   made it more privileged than we are, as servers do once they are set up.
   *   A pid that was given to another process is told by the inode of its directory entry, which comes
   *   with the listing.
   *
   * Memory
   *   One entry for each inode asked for within the last 64 refreshes, one for each process.
   */
  private static final int CONFIRM_AFTER = 16;
  private static final int FORGET_AFTER = 64;
  private static final int LONGEST_WAIT = 64;
  private static final int ASK_AGAIN_AFTER = 64;
  private static final int MANY_DESCRIPTORS = 2_000;
  private static final Comparator<Holder> YOUNGEST_FIRST =
      Comparator.<Holder>comparingLong(holder -> holder.identity.startTicks())
          .thenComparingInt(holder -> holder.identity.pid())
          .reversed();

  private final ProcFiles proc;
  private final ProcessStat stat = new ProcessStat();
  private final NumberedDirectory processes = new NumberedDirectory();
  private final NumberedDirectory descriptors = new NumberedDirectory();
  private final LongMap<Holder> holders = new LongMap<>();
  private final LongMap<Search> searches = new LongMap<>();
  private final List<Search> pending = new ArrayList<>();
  private int round = 1;
  private int unfound;
  private int lastComplete;
  private int descriptorsOfLastComplete;
  private int descriptorsRead;

  /// @param root where procfs is mounted
  public DescriptorOwners(Path root) {
    proc = new ProcFiles(root);
  }

  @Override
  public Optional<ProcessIdentity> ownerOf(long inode) {
    if (inode == 0) {
      return Optional.empty();
    }
    Search search = searches.get(inode);
    if (search == null) {
      search = new Search(inode);
      searches.put(inode, search);
    }
    search.asked = round;
    if (search.owner != null) {
      return Optional.of(search.owner);
    }
    if (!search.isPending && search.nextTry <= round) {
      search.isPending = true;
      pending.add(search);
    }
    return Optional.empty();
  }

  @Override
  public void refresh() {
    round++;
    boolean confirming = round % CONFIRM_AFTER == 0;
    if (!pending.isEmpty() || confirming) {
      list();
      look(confirming);
      settle();
    }
    if (round % FORGET_AFTER == 0) {
      forget();
    }
  }

  /// How many processes could not be looked into for lack of privileges, as far as they were tried.
  public int unreadable() {
    int[] count = new int[1];
    holders.forEach(holder -> count[0] += holder.denied == 0 ? 0 : 1);
    return count[0];
  }

  /// Brings the processes up to date with the listing of `/proc`, the only thing that is read of
  /// those already known.
  private void list() {
    int directory = proc.openProcesses();
    if (directory < 0) {
      return;
    }
    processes.begin(directory);
    while (processes.next()) {
      Holder holder = holders.get(processes.number());
      if (holder == null || holder.entry != processes.inode()) {
        holder = identify(processes.number(), processes.inode());
      }
      if (holder != null) {
        holder.listed = round;
      }
    }
    processes.close();
    dropUnlisted();
    searches.forEach(search -> {
      if (search.owner != null && !isAlive(search.owner)) {
        search.owner = null;
      }
    });
  }

  private @Nullable Holder identify(int pid, long entry) {
    int length = proc.read(pid, "stat");
    if (length < 0 || !stat.parse(proc.content(), length)) {
      return null; // gone already
    }
    Holder holder = new Holder(new ProcessIdentity(pid, stat.startTicks()), entry);
    holders.put(pid, holder);
    return holder;
  }

  private void dropUnlisted() {
    List<Holder> gone = new ArrayList<>();
    holders.forEach(holder -> {
      if (holder.listed != round) {
        gone.add(holder);
      }
    });
    for (Holder holder : gone) {
      holders.remove(holder.identity.pid());
    }
  }

  private boolean isAlive(ProcessIdentity process) {
    Holder holder = holders.get(process.pid());
    return holder != null && holder.identity.equals(process);
  }

  private void look(boolean confirming) {
    List<Holder> fresh = new ArrayList<>();
    List<Holder> likely = new ArrayList<>();
    List<Holder> others = new ArrayList<>();
    holders.forEach(holder -> {
      if (holder.denied != 0 && round - holder.denied < ASK_AGAIN_AFTER) {
        return;
      }
      if (holder.read == 0) {
        fresh.add(holder);
      } else if (round - holder.found <= CONFIRM_AFTER) {
        likely.add(holder);
      } else {
        others.add(holder);
      }
    });
    unfound = pending.size();
    descriptorsRead = 0;
    fresh.forEach(holder -> read(holder, false));
    likely.sort(Comparator.<Holder>comparingInt(holder -> holder.found).reversed());
    likely.forEach(holder -> readIfNeeded(holder, confirming));
    boolean affordable = descriptorsOfLastComplete <= MANY_DESCRIPTORS || round - lastComplete >= 2;
    if (unfound > 0 && affordable) {
      others.sort(YOUNGEST_FIRST);
      others.forEach(holder -> readIfNeeded(holder, false));
      lastComplete = round;
      descriptorsOfLastComplete = descriptorsRead;
    }
  }

  private void readIfNeeded(Holder holder, boolean confirming) {
    if (unfound > 0 || confirming) {
      read(holder, !confirming);
    }
  }

  /// @param mayStop whether to stop once nothing more is wanted
  private void read(Holder holder, boolean mayStop) {
    int directory = proc.openDirectory(holder.identity.pid(), "fd");
    holder.denied = isDenied(directory) ? round : 0;
    if (directory < 0) {
      return;
    }
    descriptors.begin(directory);
    boolean stopped = false;
    while (!stopped && descriptors.next()) {
      descriptorsRead++;
      int length = proc.readLink(directory, descriptors.number());
      if (isDenied(length)) {
        holder.denied = isThere(holder) ? round : 0; // of one that is gone, all is denied
        break;
      }
      long inode = length < 0 ? -1 : proc.inodeOf("socket", length);
      if (inode > 0) {
        Search search = searches.get(inode);
        if (search != null) {
          meet(search, holder);
        }
      }
      stopped = mayStop && unfound == 0;
    }
    descriptors.close();
    holder.read = round;
    if (!stopped) {
      holder.readToTheEnd = round;
    }
  }

  /// What may be listed by its owner or by CAP_DAC_READ_SEARCH can still need CAP_SYS_PTRACE to be
  /// looked into (fs/proc/base.c, proc_fd_access_allowed).
  private static boolean isDenied(int answer) {
    return answer < 0 && Errno.isDenied(-answer);
  }

  private boolean isThere(Holder holder) {
    return proc.read(holder.identity.pid(), "stat") >= 0;
  }

  private void meet(Search search, Holder holder) {
    if (search.owner == null) {
      unfound -= search.isPending ? 1 : 0;
      search.owner = holder.identity;
      holder.found = round;
    } else if (isYounger(holder.identity, search.owner)) {
      search.owner = holder.identity;
      holder.found = round;
    }
    if (search.owner.equals(holder.identity)) {
      search.met = round;
    }
  }

  private static boolean isYounger(ProcessIdentity one, ProcessIdentity other) {
    return one.startTicks() != other.startTicks()
        ? one.startTicks() > other.startTicks()
        : one.pid() > other.pid();
  }

  /// Notes what was not found, and what its owner has no more.
  private void settle() {
    boolean complete = lastComplete == round;
    for (Search search : pending) {
      search.isPending = false;
      if (search.owner == null && complete) {
        search.wait = search.wait == 0 ? 1 : Math.min(2 * search.wait, LONGEST_WAIT);
        search.nextTry = round + search.wait;
      }
    }
    pending.clear();
    searches.forEach(search -> {
      if (search.owner != null && search.met != round) {
        Holder holder = holders.get(search.owner.pid());
        if (holder == null || holder.readToTheEnd == round) {
          search.owner = null;
        }
      }
    });
  }

  private void forget() {
    List<Search> old = new ArrayList<>();
    searches.forEach(search -> {
      if (round - search.asked > FORGET_AFTER) {
        old.add(search);
      }
    });
    old.forEach(search -> searches.remove(search.inode));
  }

  /// An inode that was asked for.
  private static final class Search {
    private final long inode;
    private @Nullable ProcessIdentity owner;
    private boolean isPending;
    private int asked;
    private int met;
    private int wait;
    private int nextTry;

    private Search(long inode) {
      this.inode = inode;
    }
  }

  /// A process; its fields say in which round something happened last, 0 for never.
  private static final class Holder {
    private final ProcessIdentity identity;
    private final long entry;
    private int denied;
    private int listed;
    private int read;
    private int readToTheEnd;
    private int found;

    private Holder(ProcessIdentity identity, long entry) {
      this.identity = identity;
      this.entry = entry;
    }
  }
}
