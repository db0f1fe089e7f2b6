/// What the tests of the query service stand on: a graph to change, a client to ask.
@NullMarked
package dev.otelscope.query.kit;

import org.jspecify.annotations.NullMarked;
