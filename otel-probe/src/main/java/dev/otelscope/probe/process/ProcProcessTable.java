package dev.otelscope.probe.process;

import dev.otelscope.probe.container.ContainerCgroup;
import dev.otelscope.probe.kernel.Libc;
import dev.otelscope.probe.kernel.NumberedDirectory;
import dev.otelscope.probe.kernel.ProcFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;

/// Reads processes from `/proc`. A process that vanishes between two reads is gone, one that may
/// not be read shows what may be seen of it; neither is an error. Not thread-safe.
public final class ProcProcessTable implements ProcessTable {
  /// `USER_HZ`, the unit of all times in `/proc`, is 100 on every processor the probe knows.
  private static final long TICKS_PER_SECOND = 100;

  private static final int CACHED = 16_384;
  private static final String DELETED = " (deleted)";

  /// @param program as [ProcessStat#program] said when the facts were read
  private record Known(ProcessFacts facts, long program) {}

  private final ProcFiles proc;
  private final ProcessStat stat = new ProcessStat();
  private final NumberedDirectory entries = new NumberedDirectory();
  private final CommandLines commandLines;
  private final UserNames users;
  private final Function<ProcessIdentity, Optional<ProcessTrace>> traces;
  private final Instant boot;
  private final LinkedHashMap<ProcessIdentity, Known> cache = new LinkedHashMap<>(16, 0.75f, true);

  /// @param root where procfs is mounted
  /// @param passwd file with the names of users
  /// @param traces asked for processes that are gone
  /// @throws IOException when `/proc` is not mounted there
  public ProcProcessTable(
      Path root,
      Path passwd,
      CommandLines commandLines,
      Function<ProcessIdentity, Optional<ProcessTrace>> traces)
      throws IOException {
    this.proc = new ProcFiles(root);
    this.users = new UserNames(passwd);
    this.commandLines = commandLines;
    this.traces = traces;
    this.boot = bootTime(root.resolve("stat"));
  }

  @Override
  public Optional<ProcessFacts> facts(ProcessIdentity process) {
    if (!readStat(process)) {
      cache.remove(process);
      return Optional.empty();
    }
    Known known = cache.get(process);
    if (known == null || known.program != stat.program()) {
      known = new Known(read(process, stat.parent()), stat.program());
      cache.put(process, known);
      forgetEldest();
    }
    return Optional.of(known.facts);
  }

  @Override
  public Optional<ProcessTrace> trace(ProcessIdentity process) {
    return traces.apply(process);
  }

  @Override
  public Optional<ProcessUsage> usage(ProcessIdentity process) {
    if (!readStat(process)) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessUsage(
            (double) stat.userTicks() / TICKS_PER_SECOND,
            (double) stat.systemTicks() / TICKS_PER_SECOND,
            stat.residentPages() * Libc.pageSize(),
            stat.threads(),
            descriptors(process.pid())));
  }

  /// Since Linux 6.2 the directory's size says it (fs/proc/fd.c, `proc_fd_getattr`); before, it is
  /// 0.
  private OptionalInt descriptors(int pid) {
    long size = proc.size(pid, "fd");
    if (size > 0) {
      return OptionalInt.of(Math.toIntExact(size));
    }
    int fd = proc.openDirectory(pid, "fd");
    if (fd < 0) {
      return OptionalInt.empty();
    }
    int count = 0;
    entries.begin(fd);
    while (entries.next()) {
      count++;
    }
    entries.close();
    return OptionalInt.of(count);
  }

  @Override
  public Optional<ContainerCgroup> containerOf(int pid) {
    return ContainerCgroup.in(CgroupPath.parse(text(pid, "cgroup")));
  }

  @Override
  public Optional<ProcessIdentity> identityOf(int pid) {
    return readStat(pid)
        ? Optional.of(new ProcessIdentity(pid, stat.startTicks()))
        : Optional.empty();
  }

  @Override
  public Collection<ProcessIdentity> selected(ProcessSelection selection) {
    List<ProcessIdentity> selected = new ArrayList<>();
    int fd = selection.isEmpty() ? -1 : proc.openProcesses();
    if (fd < 0) {
      return selected;
    }
    Predicate<String> isSelected = selection.byName();
    entries.begin(fd);
    while (entries.next()) {
      identityOf(entries.number())
          .filter(process ->
              facts(process)
                  .filter(known -> !known.commandLine().isEmpty() && isSelected.test(known.name()))
                  .isPresent())
          .ifPresent(selected::add);
    }
    entries.close();
    return selected;
  }

  private boolean readStat(ProcessIdentity process) {
    return readStat(process.pid()) && stat.startTicks() == process.startTicks();
  }

  private boolean readStat(int pid) {
    int length = proc.read(pid, "stat");
    return length > 0 && stat.parse(proc.content(), length);
  }

  private ProcessFacts read(ProcessIdentity process, int parent) {
    int pid = process.pid();
    String kernelName = text(pid, "comm").strip();
    String executable = link(pid, "exe");
    if (executable.endsWith(DELETED)) {
      executable = executable.substring(0, executable.length() - DELETED.length());
    }
    List<String> command = CommandLines.words(text(pid, "cmdline"));
    ProcessStatus status = ProcessStatus.parse(text(pid, "status"), pid);
    String cgroup = CgroupPath.parse(text(pid, "cgroup"));
    return new ProcessFacts(
        process,
        ProgramName.of(executable, command, kernelName),
        executable,
        commandLines.shown(command),
        parent,
        status.namespacePid(),
        users.name(status.uid()),
        cgroup,
        ContainerCgroup.in(cgroup),
        networkNamespace(pid),
        boot.plusMillis(process.startTicks() * 1000 / TICKS_PER_SECOND));
  }

  private String networkNamespace(int pid) {
    int length = proc.readLink(pid, "ns/net");
    long inode = length < 0 ? -1 : proc.inodeOf("net", length);
    return inode < 0 ? "" : Long.toString(inode);
  }

  private String text(int pid, String file) {
    int length = proc.read(pid, file);
    return length <= 0 ? "" : proc.text(length);
  }

  private String link(int pid, String file) {
    int length = proc.readLink(pid, file);
    return length <= 0 ? "" : proc.text(length);
  }

  private void forgetEldest() {
    if (cache.size() > CACHED) {
      Iterator<Map.Entry<ProcessIdentity, Known>> eldest = cache.entrySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  private static Instant bootTime(Path stat) throws IOException {
    for (String line : Files.readAllLines(stat)) {
      if (line.startsWith("btime ")) {
        return Instant.ofEpochSecond(Long.parseLong(line.substring("btime ".length()).strip()));
      }
    }
    throw new IOException(stat + " has no line 'btime'; is procfs mounted there?");
  }
}
