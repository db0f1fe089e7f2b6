package dev.otelscope.probe.container.cri;

import dev.otelscope.probe.container.ContainerCgroup;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds the first process of a container, which a runtime names as it sees it: one that is itself
/// in a container, such as a Kubernetes node in Docker, counts processes otherwise than this host.
final class MainProcesses {
  private static final String ALL_NUMBERS = "[0-9]*";

  private final Path proc;

  /// @param proc where procfs is mounted
  MainProcesses(Path proc) {
    this.proc = proc;
  }

  /// Its id on this host: what the runtime says if that process is in the container's control
  /// group, else the lowest that is; 0 when none can be seen.
  int find(ContainerStatus container) throws IOException {
    if (container.pid() == 0 || isOf(container.id(), Integer.toString(container.pid()))) {
      return container.pid();
    }
    List<Integer> pids = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, ALL_NUMBERS)) {
      for (Path process : processes) {
        String pid = String.valueOf(process.getFileName());
        if (isOf(container.id(), pid)) {
          pids.add(Integer.valueOf(pid));
        }
      }
    }
    return pids.stream().min(Comparator.naturalOrder()).orElse(0);
  }

  private boolean isOf(String container, String pid) {
    try {
      return Files.readString(proc.resolve(pid).resolve("cgroup"))
          .lines()
          .map(line -> line.substring(Math.max(0, line.indexOf('/'))))
          .anyMatch(
              path -> ContainerCgroup.in(path).filter(it -> it.id().equals(container)).isPresent());
    } catch (IOException e) {
      return false; // it ended, or may not be read
    }
  }
}
