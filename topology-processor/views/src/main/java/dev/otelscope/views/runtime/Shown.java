package dev.otelscope.views.runtime;

import dev.otelscope.model.Entity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The few attributes that a node shows and that a search looks at.
final class Shown {
  private Shown() {}

  /// Those of the names that the entity has.
  static Map<String, String> attributes(Entity entity, List<String> names) {
    Map<String, String> shown = new TreeMap<>();
    for (String name : names) {
      String text = entity.text(name);
      if (!text.isEmpty()) {
        shown.put(name, text);
      }
    }
    return shown;
  }
}
