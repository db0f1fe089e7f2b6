/// Whole programs on real input: `./scope …` as somebody runs it, and what its map then says.
@NullMarked
package dev.otelscope.standalone.system;

import org.jspecify.annotations.NullMarked;
