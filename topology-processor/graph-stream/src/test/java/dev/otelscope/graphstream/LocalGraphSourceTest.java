package dev.otelscope.graphstream;

import dev.otelscope.model.GraphSource;

class LocalGraphSourceTest extends GraphSourceContract {
  @Override
  GraphSource source() {
    return publisher;
  }
}
