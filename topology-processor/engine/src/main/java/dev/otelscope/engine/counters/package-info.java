/// What happened to everything that came in: each thing counts exactly once.
@NullMarked
package dev.otelscope.engine.counters;

import org.jspecify.annotations.NullMarked;
