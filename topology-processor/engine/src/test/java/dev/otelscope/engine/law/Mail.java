package dev.otelscope.engine.law;

import dev.otelscope.engine.ProbeRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// What happens to requests on their way: they come late, twice, and in another order.
final class Mail {
  private static final int LONGEST_DELAY_SECONDS = 4;

  private final Random random;
  private final List<List<ProbeRequest>> due = new ArrayList<>();

  Mail(Random random) {
    this.random = random;
  }

  void post(List<ProbeRequest> requests) {
    for (ProbeRequest request : requests) {
      int delay = random.nextInt(3) == 0 ? random.nextInt(LONGEST_DELAY_SECONDS + 1) : 0;
      at(delay).add(request);
      if (random.nextInt(5) == 0) {
        at(random.nextInt(LONGEST_DELAY_SECONDS + 1)).add(request);
      }
    }
  }

  /// What arrives in this second, in some order.
  List<ProbeRequest> arrive() {
    List<ProbeRequest> arriving = due.isEmpty() ? new ArrayList<>() : due.removeFirst();
    Collections.shuffle(arriving, random);
    return arriving;
  }

  boolean isEmpty() {
    return due.isEmpty();
  }

  private List<ProbeRequest> at(int delay) {
    while (due.size() <= delay) {
      due.add(new ArrayList<>());
    }
    return due.get(delay);
  }
}
