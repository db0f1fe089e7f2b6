/// What the details panel shows of one node or edge: tables, groups of attributes, recent points.
@NullMarked
package dev.otelscope.query.details;

import org.jspecify.annotations.NullMarked;
