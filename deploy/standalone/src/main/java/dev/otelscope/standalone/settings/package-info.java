/// Where the value of an option comes from when the command line does not say it: the environment,
/// then a file.
@NullMarked
package dev.otelscope.standalone.settings;

import org.jspecify.annotations.NullMarked;
