/// Connections as a machine's kernel knows them: what a source of them says, whatever its tier.
@NullMarked
package dev.otelscope.probe.connection;

import org.jspecify.annotations.NullMarked;
