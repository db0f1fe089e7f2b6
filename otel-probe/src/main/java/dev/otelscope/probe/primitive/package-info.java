/// Collections of primitive numbers, for what is looked up tens of thousands of times a second.
@NullMarked
package dev.otelscope.probe.primitive;

import org.jspecify.annotations.NullMarked;
