package dev.otelscope.probe.container;

import java.util.Map;
import java.util.stream.Collectors;

/// Labels as far as a probe carries them: whoever makes a container writes what they like.
public final class ContainerLabels {
  private static final int MOST = 128;
  private static final int LONGEST = 1024;

  private ContainerLabels() {}

  /// The first 128 of the labels whose values have at most 1,024 characters.
  public static Map<String, String> bounded(Map<String, String> labels) {
    return labels.entrySet().stream()
        .filter(label -> label.getValue().length() <= LONGEST)
        .limit(MOST)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
