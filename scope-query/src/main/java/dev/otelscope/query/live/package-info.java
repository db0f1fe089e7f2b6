/// The views that somebody looks at, each kept current once for all its viewers, and the streams
/// that carry the changes. One thread, the views' thread, owns everything in here.
@NullMarked
package dev.otelscope.query.live;

import org.jspecify.annotations.NullMarked;
