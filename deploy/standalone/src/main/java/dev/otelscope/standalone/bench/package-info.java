/// `scope bench`: whole programs under load that it makes itself, and what they cost.
@NullMarked
package dev.otelscope.standalone.bench;

import org.jspecify.annotations.NullMarked;
