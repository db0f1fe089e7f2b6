/// Who talks to whom, as a pure function of what the observers of a flow said and the address book.
@NullMarked
package dev.otelscope.engine.join;

import org.jspecify.annotations.NullMarked;
