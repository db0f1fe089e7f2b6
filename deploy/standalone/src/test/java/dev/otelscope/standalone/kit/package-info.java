/// What the whole-system tests are written with.
@NullMarked
package dev.otelscope.standalone.kit;

import org.jspecify.annotations.NullMarked;
