/// How views are written as JSON, in the shapes of `docs/api.md`.
@NullMarked
package dev.otelscope.query.json;

import org.jspecify.annotations.NullMarked;
