/// The graph as people look at it. A [dev.otelscope.views.ViewDefinition] says which entities make
/// one node, a [dev.otelscope.views.ViewState] keeps that view current from the graph's deltas, a
/// [dev.otelscope.views.Selection] keeps what remains of it under one choice of options.
///
/// No I/O, no threads, no clock: the owner of a state calls it from one thread at a time and may
/// hand the immutable [dev.otelscope.views.ViewSnapshot]s and [dev.otelscope.views.ViewDelta]s to
/// any other.
@NullMarked
package dev.otelscope.views;

import org.jspecify.annotations.NullMarked;
