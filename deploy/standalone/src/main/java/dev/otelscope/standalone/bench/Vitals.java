package dev.otelscope.standalone.bench;

import dev.otelscope.standalone.testbed.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What of a Java process would grow if something leaked, at one moment.
final class Vitals {
  /// What `jcmd GC.heap_info` says of the heap, or of each generation, and of nothing else.
  private static final Pattern USED = Pattern.compile(", used ([0-9]+)K \\[0x");

  /// Lines of `fdinfo` that only objects of eBPF have.
  private static final Pattern KERNEL_OBJECT = Pattern.compile("(?m)^(?:map|prog|link)_id:");

  private Vitals() {}

  /// Collects the garbage of the process, then looks.
  ///
  /// @return by name, each name with its unit
  static SortedMap<String, Long> of(String part, long pid) throws IOException {
    SortedMap<String, Long> vitals = new TreeMap<>();
    jcmd(pid, "GC.run");
    vitals.put(part + " heap kB", heapUsed(jcmd(pid, "GC.heap_info")));
    vitals.put(part + " RSS kB", Usage.of(pid).residentKib());
    vitals.put(part + " threads", (long) list(pid, "task").size());
    List<Path> descriptors = list(pid, "fd");
    vitals.put(part + " descriptors", (long) descriptors.size());
    vitals.put(part + " eBPF objects", kernelObjects(list(pid, "fdinfo")));
    return vitals;
  }

  private static String jcmd(long pid, String command) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    return Command.run(jcmd.toString(), Long.toString(pid), command);
  }

  static long heapUsed(String info) {
    return USED.matcher(info)
        .results()
        .map((MatchResult line) -> line.group(1))
        .mapToLong(Long::parseLong)
        .sum();
  }

  private static List<Path> list(long pid, String folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), folder))) {
      return files.toList();
    }
  }

  private static long kernelObjects(List<Path> descriptors) {
    return descriptors.stream().filter(Vitals::isKernelObject).count();
  }

  private static boolean isKernelObject(Path descriptor) {
    try {
      return KERNEL_OBJECT.matcher(Files.readString(descriptor)).find();
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }
}
