/// Puts entities and edges together and says what changed.
@NullMarked
package dev.otelscope.engine.assembly;

import org.jspecify.annotations.NullMarked;
