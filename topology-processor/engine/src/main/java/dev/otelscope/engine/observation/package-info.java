/// What a producer said, freed from how it said it. Made by dialects, consumed by the engine alone.
@NullMarked
package dev.otelscope.engine.observation;

import org.jspecify.annotations.NullMarked;
