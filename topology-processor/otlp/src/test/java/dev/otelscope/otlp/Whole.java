package dev.otelscope.otlp;

/// Adds up whatever a reader says, so that it had to say it.
abstract class Whole {
  private long sum;

  final void add(AttributesView attributes) {
    for (int i = 0; i < attributes.size(); i++) {
      add(attributes.key(i).string().hashCode());
      add(attributes.type(i).name().hashCode());
      add(attributes.value(i).hashCode());
    }
  }

  final void add(long part) {
    sum = 31 * sum + part;
  }
}
