package dev.otelscope.standalone.kit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// The test needs something that not every machine has. Where it is missing, the test is skipped
/// and the reason printed; with `OTELSCOPE_REQUIRE=all` in the environment it fails instead.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(RequiresCondition.class)
public @interface Requires {
  /// Programs that must be here.
  Tool[] value() default {};

  /// Whether the test must run as root.
  boolean root() default false;
}
