/// What it takes to ask a program over its socket: an end to waiting, and the JSON in its answers.
@NullMarked
package dev.otelscope.probe.container.socket;

import org.jspecify.annotations.NullMarked;
