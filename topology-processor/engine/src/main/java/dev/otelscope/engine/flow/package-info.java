/// Flows as their observers describe them, kept for as long as they are alive. Raw facts only: who
/// the ends are is decided by `join`, time and again.
@NullMarked
package dev.otelscope.engine.flow;

import org.jspecify.annotations.NullMarked;
