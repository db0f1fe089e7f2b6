package dev.otelscope.standalone.testbed;

import java.util.concurrent.atomic.LongAdder;

/// What a [Talker] did as a client, over all its connections. Its text form is `opened=1 failed=0
/// sent=100 received=2000`.
final class Counts {
  final LongAdder opened = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder sent = new LongAdder();
  final LongAdder received = new LongAdder();

  @Override
  public String toString() {
    return "opened=%s failed=%s sent=%s received=%s".formatted(opened, failed, sent, received);
  }
}
