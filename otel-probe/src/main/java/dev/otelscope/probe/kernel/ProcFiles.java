package dev.otelscope.probe.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads the small files of `/proc` into one reused buffer. A process may vanish between any two
/// calls: that is an ordinary answer, `-ESRCH` or `-ENOENT`, never an exception. Not thread-safe.
public final class ProcFiles {
  /// The longest content that is read; what is longer is cut.
  public static final int CAPACITY = 64 * 1024;

  private final String root;
  private final PathBuffer path = new PathBuffer();
  private final MemorySegment segment = Arena.ofAuto().allocate(CAPACITY, Long.BYTES);
  private final ByteBuffer content = segment.asByteBuffer().order(ByteOrder.nativeOrder());
  private final byte[] bytes = new byte[CAPACITY];

  /// @param root where procfs is mounted
  public ProcFiles(Path root) {
    this.root = root + "/";
  }

  /// Opens the listing of processes.
  ///
  /// @return a file descriptor or `-errno`
  public int openProcesses() {
    return Libc.openat(Libc.AT_FDCWD, path.clear().text(root).terminated(), directoryFlags());
  }

  /// Opens a directory of a process.
  ///
  /// @return a file descriptor or `-errno`
  public int openDirectory(int pid, String name) {
    return Libc.openat(Libc.AT_FDCWD, pathOf(pid, name), directoryFlags());
  }

  /// Opens a file of a process.
  ///
  /// @return a file descriptor or `-errno`
  public int open(int pid, String name) {
    return Libc.openat(Libc.AT_FDCWD, pathOf(pid, name), Libc.O_RDONLY | Libc.O_CLOEXEC);
  }

  /// Reads a file of a process, such as `stat`.
  ///
  /// @return its length, or `-errno`; the content is in [#content]
  public int read(int pid, String name) {
    int fd = open(pid, name);
    if (fd < 0) {
      return fd;
    }
    try {
      return readAll(fd);
    } finally {
      Libc.close(fd);
    }
  }

  /// The size of a file or directory of a process, which takes no privileges.
  ///
  /// @return -1 when it is not there
  public long size(int pid, String name) {
    try {
      return Files.size(Path.of(root + pid, name));
    } catch (IOException e) {
      return -1;
    }
  }

  /// Reads a symbolic link of a process, such as `ns/net`.
  ///
  /// @return its length, or `-errno`; the target is in [#content]
  public int readLink(int pid, String name) {
    return readLink(Libc.AT_FDCWD, pathOf(pid, name));
  }

  /// Reads a numbered symbolic link in an open directory, such as an entry of `fd`.
  ///
  /// @return its length, or `-errno`; the target is in [#content]
  public int readLink(int directory, int number) {
    return readLink(directory, path.clear().number(number).terminated());
  }

  /// What was read last; overwritten by the next call.
  public ByteBuffer content() {
    return content;
  }

  /// The first bytes of what was read last, as text.
  public String text(int length) {
    content.get(0, bytes, 0, length);
    return new String(bytes, 0, length, UTF_8);
  }

  /// The number in a link such as `socket:[4026]`, when that is what was read last.
  ///
  /// @param kind what stands before the colon, ASCII
  /// @return -1 when it is something else
  public long inodeOf(String kind, int length) {
    int digits = kind.length() + 2;
    if (length <= digits + 1
        || content.get(digits - 2) != ':'
        || content.get(digits - 1) != '['
        || content.get(length - 1) != ']') {
      return -1;
    }
    for (int i = 0; i < kind.length(); i++) {
      if (content.get(i) != kind.charAt(i)) {
        return -1;
      }
    }
    long number = 0;
    for (int i = digits; i < length - 1; i++) {
      number = number * 10 + (content.get(i) - '0');
    }
    return number;
  }

  private int readLink(int directory, MemorySegment link) {
    return (int) Libc.readlinkat(directory, link, segment);
  }

  private int readAll(int fd) {
    int length = 0;
    while (length < CAPACITY) {
      long read = Libc.read(fd, length == 0 ? segment : segment.asSlice(length));
      if (read < 0) {
        return (int) read;
      }
      if (read == 0) {
        break;
      }
      length += (int) read;
    }
    return length;
  }

  private MemorySegment pathOf(int pid, String name) {
    return path.clear().text(root).number(pid).text("/").text(name).terminated();
  }

  private static int directoryFlags() {
    return Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_CLOEXEC;
  }
}
