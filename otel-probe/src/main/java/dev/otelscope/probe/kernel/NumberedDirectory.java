package dev.otelscope.probe.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Walks a directory whose entries are named by numbers, such as `/proc` or `/proc/<pid>/fd`; other
/// entries are passed over. Allocates nothing while walking. Not thread-safe; one walk at a time.
public final class NumberedDirectory {
  /*
   * Layout: struct linux_dirent64 (include/linux/dirent.h)
   *   0  u64 d_ino     inode number
   *   8  s64 d_off
   *   16 u16 d_reclen  distance to the next entry
   *   18 u8  d_type
   *   19 char d_name[] ends with a zero byte
   */
  private static final int INODE = 0;
  private static final int RECORD_LENGTH = 16;
  private static final int NAME = 19;
  private static final int CAPACITY = 32 * 1024;

  private final MemorySegment segment = Arena.ofAuto().allocate(CAPACITY, Long.BYTES);
  private final ByteBuffer entries = segment.asByteBuffer().order(ByteOrder.nativeOrder());
  private int fd = -1;
  private int position;
  private int end;
  private int number;
  private long inode;

  /// Begins a walk; [#close] ends it.
  ///
  /// @param fd of the directory, belongs to this walk from now on
  public void begin(int fd) {
    this.fd = fd;
    position = 0;
    end = 0;
  }

  /// Moves to the next numbered entry; false at the end, also when the directory vanished
  /// meanwhile.
  public boolean next() {
    while (position < end || fill()) {
      int entry = position;
      position += entries.getShort(entry + RECORD_LENGTH) & 0xFFFF;
      number = numberAt(entry + NAME);
      if (number >= 0) {
        inode = entries.getLong(entry + INODE);
        return true;
      }
    }
    return false;
  }

  /// The name of the entry.
  public int number() {
    return number;
  }

  /// The inode number of the entry itself, which in `/proc` changes when a pid is given to another
  /// process.
  public long inode() {
    return inode;
  }

  /// The directory, for calls relative to it.
  public int fd() {
    return fd;
  }

  public void close() {
    Libc.close(fd);
    fd = -1;
  }

  private boolean fill() {
    long read = Libc.getdents64(fd, segment);
    position = 0;
    end = (int) Math.max(read, 0);
    return end > 0;
  }

  private int numberAt(int name) {
    long value = 0;
    int index = name;
    for (byte c = entries.get(index); c != 0; c = entries.get(++index)) {
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
      if (value > Integer.MAX_VALUE) {
        return -1;
      }
    }
    return index == name ? -1 : (int) value;
  }
}
