/// Docker and Podman, asked over the socket of the Docker Engine API.
@NullMarked
package dev.otelscope.probe.container.docker;

import org.jspecify.annotations.NullMarked;
