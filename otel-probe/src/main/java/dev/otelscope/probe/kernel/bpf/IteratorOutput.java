package dev.otelscope.probe.kernel.bpf;

import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Room for what an iterator writes, kept from one walk to the next. Not thread-safe.
public final class IteratorOutput {
  /*
   * The kernel's own buffer for one read is eight pages, so a read never gives more; asking for more
   * at once saves nothing. Room doubles when less than one such read is left.
   */
  private static final int FIRST_CAPACITY = 256 * 1024;
  private static final int READ = 64 * 1024;

  private MemorySegment room = Arena.ofAuto().allocate(FIRST_CAPACITY, Long.BYTES);
  private ByteBuffer bytes = room.asByteBuffer().order(ByteOrder.nativeOrder());
  private int length;

  /// What the last walk wrote, from 0 to [#length].
  public ByteBuffer bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  void readAll(int file) throws KernelException {
    length = 0;
    while (true) {
      if (room.byteSize() - length < READ) {
        grow();
      }
      long read = Libc.read(file, room.asSlice(length));
      if (read == 0) {
        return;
      }
      if (read > 0) {
        length += (int) read;
      } else if (read != -Errno.EAGAIN && read != -Errno.EINTR) {
        throw new KernelException("read(iterator)", (int) -read, "");
      }
    }
  }

  private void grow() {
    MemorySegment larger = Arena.ofAuto().allocate(2 * room.byteSize(), Long.BYTES);
    MemorySegment.copy(room, 0, larger, 0, length);
    room = larger;
    bytes = room.asByteBuffer().order(ByteOrder.nativeOrder());
  }
}
