package dev.otelscope.probe.footprint;

import dev.otelscope.probe.kernel.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives back the pages of mapped files that the probe has read and does not need at the moment.
///
/// Two thirds of what the virtual machine and its cache of classes have mapped serve the start
/// alone, and stay mapped for ever. The page cache has them in any case: without them here the
/// kernel may use that memory for others, and who is needed again comes back by a minor fault, a
/// microsecond for sixteen pages. For one thread.
public final class FilePages {
  /*
   * What may be given back
   *   Mappings of files without any page of this process's own: nobody has written to them, or they
   *   cannot be written to, so the file has everything. `Anonymous` of /proc/self/smaps counts the own
   *   pages (Documentation/filesystems/proc.rst); code that was relocated, and what a private writable
   *   mapping has changed, are among them. Such a page would be lost (madvise(2), MADV_DONTNEED).
   *   A mapping that may be written to is left alone even without any: it could get one meanwhile. So
   *   is what has no path: the pages of a ring buffer (`anon_inode:bpf-map`) would not come back.
   */
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  /// Of a mapping, in kB; less is not worth a system call.
  private static final int LEAST_RESIDENT = 128;

  private static final Path MAPPINGS = Path.of("/proc/self/smaps");

  /// `7f0c2a000000-7f0c2b000000 r-xp 00000000 08:01 4711 /usr/lib/libjvm.so`
  private static final Pattern MAPPING =
      Pattern.compile("([0-9a-f]+)-([0-9a-f]+) r-[x-][ps] \\S+ \\S+ \\d+ +/(?!dev/).*");

  private static final Logger LOG = LoggerFactory.getLogger(FilePages.class);

  private long next;
  private boolean isRefused;

  /// Of this process, for the first time after a while.
  ///
  /// @param nowNanos of a clock that never goes back
  public FilePages(long nowNanos) {
    next = nowNanos + BETWEEN.toNanos();
  }

  /// Gives back what it can when it is time.
  public void look(long nowNanos) {
    if (isRefused || nowNanos - next < 0) {
      return;
    }
    next = nowNanos + BETWEEN.toNanos();
    try {
      giveBack();
    } catch (IOException e) {
      isRefused = true;
      LOG.debug("pages of files stay mapped: {}", e.getMessage());
    }
  }

  /// Gives back what it can.
  ///
  /// @throws IOException when the kernel does not say what is mapped
  static void giveBack() throws IOException {
    Reading reading = new Reading();
    try (Stream<String> lines = Files.lines(MAPPINGS)) {
      lines.forEach(reading::line);
    }
    reading.end();
  }

  /// One mapping after the other, as the lines tell them.
  private static final class Reading {
    private long start;
    private long end;
    private long resident;
    private long own;

    private void line(String line) {
      if (Character.isUpperCase(line.charAt(0))) {
        if (line.startsWith("Rss:")) {
          resident = kilobytes(line);
        } else if (line.startsWith("Anonymous:")) {
          own = kilobytes(line);
        }
        return;
      }
      end();
      Matcher mapping = MAPPING.matcher(line);
      if (mapping.matches()) {
        start = Long.parseUnsignedLong(mapping.group(1), 16);
        end = Long.parseUnsignedLong(mapping.group(2), 16);
      }
    }

    private void end() {
      if (end != 0 && own == 0 && resident >= LEAST_RESIDENT) {
        int _ = Libc.madvise(start, end - start, Libc.MADV_DONTNEED); // else they stay
      }
      end = 0;
      resident = 0;
      own = 1; // until it is said
    }

    private static long kilobytes(String line) {
      int digits = line.indexOf(':') + 1;
      return Long.parseLong(line.substring(digits, line.length() - " kB".length()).strip());
    }
  }
}
