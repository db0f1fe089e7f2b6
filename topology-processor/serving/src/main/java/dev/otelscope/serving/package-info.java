/// How the programs listen: which addresses and ports they may take, the options that say so, and
/// servers that start with all their routes or with one sentence of why not, and stop at once.
@NullMarked
package dev.otelscope.serving;

import org.jspecify.annotations.NullMarked;
