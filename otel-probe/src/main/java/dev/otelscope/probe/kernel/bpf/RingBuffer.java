package dev.otelscope.probe.kernel.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.Libc;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The probe's end of a ring buffer that programs write into. Used by one thread.
public final class RingBuffer implements AutoCloseable {
  /*
   * Layout (kernel/bpf/ringbuf.c)
   *   page 0, written by the reader:  0 u64 how far it has read
   *   page 1, written by the kernel:  0 u64 how far is written
   *   then the bytes, which can be mapped twice in a row, so that no record is in two pieces at the
   *   end.
   *   A record: 0 u32 length with bit 31 while it is being written and bit 30 when it was given up,
   *   4 u32 place of the page, 8 content; the next one begins at a multiple of eight.
   *
   * Concurrency
   *   Programs on all processors write, one thread reads. A record is complete once its first word,
   *   read with acquire, has no busy bit; the position read is given back with release, after which
   *   the kernel may overwrite what was before it.
   *
   * Overflow
   *   When it is full the kernel refuses records; the programs count those.
   *
   * Memory
   *   All of it is the kernel's, but what is mapped counts as resident, twice for being mapped twice.
   *   So the bytes are mapped only while there is something to read: 0.1 ms for 4 MiB.
   */
  private static final int BUSY = 1 << 31;
  private static final int GIVEN_UP = 1 << 30;
  private static final int HEADER = 8;
  private static final VarHandle POSITION = JAVA_LONG.varHandle();
  private static final VarHandle LENGTH = JAVA_INT.varHandle();

  /// Hears of each record; the bytes are valid during the call only.
  public interface Visitor {
    /// @param at where the record begins in `bytes`
    void visit(ByteBuffer bytes, int at, int length);
  }

  private final BpfMap map;
  private final int page;
  private final MemorySegment consumer;
  private final MemorySegment producer;

  private RingBuffer(BpfMap map, int page, MemorySegment consumer, MemorySegment producer) {
    this.map = map;
    this.page = page;
    this.consumer = consumer;
    this.producer = producer;
  }

  /// @param map from [BpfMap#ringBuffer]; must stay open for as long as this is drained
  public static RingBuffer map(BpfMap map) throws KernelException {
    int page = Libc.pageSize();
    MemorySegment consumer =
        Libc.mmap(map.name(), map.descriptor(), 0, page, Libc.PROT_READ | Libc.PROT_WRITE);
    try {
      MemorySegment producer = Libc.mmap(map.name(), map.descriptor(), page, page, Libc.PROT_READ);
      return new RingBuffer(map, page, consumer, producer);
    } catch (KernelException e) {
      Libc.munmap(consumer);
      throw e;
    }
  }

  /// Tells all records that are complete, in order, and gives their room back.
  ///
  /// @return how many
  /// @throws KernelException when the bytes cannot be mapped; nothing is lost then
  public int drain(Visitor visitor) throws KernelException {
    long position = (long) POSITION.getAcquire(consumer, 0L);
    long written = (long) POSITION.getAcquire(producer, 0L);
    if (position == written) {
      return 0;
    }
    MemorySegment bytes =
        Libc.mmap(map.name(), map.descriptor(), 2L * page, 2L * map.entries(), Libc.PROT_READ);
    try {
      return tell(bytes, position, written, visitor);
    } finally {
      Libc.munmap(bytes);
    }
  }

  private int tell(MemorySegment bytes, long from, long written, Visitor visitor) {
    ByteBuffer buffer = bytes.asByteBuffer().order(ByteOrder.nativeOrder());
    long position = from;
    int count = 0;
    while (position < written) {
      int at = (int) (position & map.entries() - 1);
      int length = (int) LENGTH.getAcquire(bytes, (long) at);
      if ((length & BUSY) != 0) {
        break;
      }
      if ((length & GIVEN_UP) == 0) {
        visitor.visit(buffer, at + HEADER, length);
        count++;
      }
      position += (length & ~GIVEN_UP) + HEADER + 7 & ~7;
      POSITION.setRelease(consumer, 0L, position);
    }
    return count;
  }

  @Override
  public void close() {
    Libc.munmap(producer);
    Libc.munmap(consumer);
  }
}
