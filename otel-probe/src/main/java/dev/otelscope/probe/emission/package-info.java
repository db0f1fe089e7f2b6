/// Series, usage and coverage as OTLP, through the OpenTelemetry SDK's reader and exporters.
@NullMarked
package dev.otelscope.probe.emission;

import org.jspecify.annotations.NullMarked;
