/// The vocabulary of the graph: who exists, who talks to whom, and how one graph becomes the next.
/// Immutable values only; no I/O, no clock. [GraphPublisher] alone is shared between threads.
@NullMarked
package dev.otelscope.model;

import org.jspecify.annotations.NullMarked;
