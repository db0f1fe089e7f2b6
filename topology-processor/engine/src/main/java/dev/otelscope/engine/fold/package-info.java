/// Makes totals, rates and last values of points that come late, twice or out of order.
@NullMarked
package dev.otelscope.engine.fold;

import org.jspecify.annotations.NullMarked;
