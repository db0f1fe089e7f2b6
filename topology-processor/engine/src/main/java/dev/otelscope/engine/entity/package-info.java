/// Who exists: entities with their attributes, measurements and listeners, and which address means
/// whom.
@NullMarked
package dev.otelscope.engine.entity;

import org.jspecify.annotations.NullMarked;
