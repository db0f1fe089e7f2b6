/// Reads what producers of OTLP mean: one class per way of saying who talks to whom.
@NullMarked
package dev.otelscope.engine.dialect;

import org.jspecify.annotations.NullMarked;
