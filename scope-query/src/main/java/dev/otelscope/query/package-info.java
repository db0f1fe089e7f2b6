/// The query service: views, details and live streams over HTTP, and the page.
/// [dev.otelscope.query.QueryServer] makes its parts in reading order.
@NullMarked
package dev.otelscope.query;

import org.jspecify.annotations.NullMarked;
