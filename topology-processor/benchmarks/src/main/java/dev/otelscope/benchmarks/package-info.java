/// How fast the parts are, each against what one would otherwise take for the same work. Run by
/// hand; the class comments hold the last results.
@NullMarked
package dev.otelscope.benchmarks;

import org.jspecify.annotations.NullMarked;
