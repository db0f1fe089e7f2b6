/// Containers: which one a process is in, what its runtime says of it, what it uses.
@NullMarked
package dev.otelscope.probe.container;

import org.jspecify.annotations.NullMarked;
