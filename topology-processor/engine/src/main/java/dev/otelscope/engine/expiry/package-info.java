/// When things end, and what time it is for those who say so: structures that are told the time and
/// have neither clock nor thread.
@NullMarked
package dev.otelscope.engine.expiry;

import org.jspecify.annotations.NullMarked;
