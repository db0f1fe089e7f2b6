package dev.otelscope.probe.kernel;

import dev.otelscope.probe.primitive.LongMap;
import java.util.ArrayList;
import java.util.List;

/// Which network namespace each process is in, as its link in `/proc` said when it was read last.
/// Not thread-safe.
final class NamespaceLinks {
  /*
   * When it is read
   *   A process moves, if at all, soon after its start: what starts a container makes the namespaces
   *   and then executes what is to run there. So the link is read at each of the first listings that
   *   have the process, later at every eighth, not of all in the same one. Who may not be read is asked
   *   each time, which costs nothing.
   */
  private static final int OFTEN = 8;
  private static final int SELDOM = 8;
  private static final String LINK = "ns/net";

  private final ProcFiles proc;
  private final LongMap<Listed> processes = new LongMap<>();
  private int listing;

  NamespaceLinks(ProcFiles proc) {
    this.proc = proc;
  }

  /// Begins a listing of all processes.
  void begin() {
    listing++;
  }

  /// The namespace of a process that is listed.
  ///
  /// @param entry inode of its entry in the listing, see [NumberedDirectory#inode]
  /// @return an inode number or `-errno`
  long of(int pid, long entry) {
    Listed known = processes.get(pid);
    if (known == null || known.entry != entry) {
      known = new Listed(pid, entry, listing);
      processes.put(pid, known);
    }
    known.listed = listing;
    int age = listing - known.met;
    if (age < OFTEN || known.namespace < 0 || (age + pid) % SELDOM == 0) {
      int length = proc.readLink(pid, LINK);
      known.namespace = length < 0 ? length : proc.inodeOf("net", length);
    }
    return known.namespace;
  }

  /// Ends a listing: forgets who is gone.
  void end() {
    List<Listed> gone = new ArrayList<>();
    processes.forEach(process -> {
      if (process.listed != listing) {
        gone.add(process);
      }
    });
    gone.forEach(process -> processes.remove(process.pid));
  }

  private static final class Listed {
    private final int pid;
    private final long entry;
    private final int met;
    private int listed;
    private long namespace;

    private Listed(int pid, long entry, int met) {
      this.pid = pid;
      this.entry = entry;
      this.met = met;
    }
  }
}
