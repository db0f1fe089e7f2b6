/// The probe: sees connections, processes and the host, and says so in OTLP.
@NullMarked
package dev.otelscope.probe;

import org.jspecify.annotations.NullMarked;
