/// The host itself: who it is, what it consists of, how busy it is.
@NullMarked
package dev.otelscope.probe.host;

import org.jspecify.annotations.NullMarked;
