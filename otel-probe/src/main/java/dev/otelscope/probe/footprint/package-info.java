/// What keeps the probe small while it runs: its memory is that of others.
@NullMarked
package dev.otelscope.probe.footprint;

import org.jspecify.annotations.NullMarked;
