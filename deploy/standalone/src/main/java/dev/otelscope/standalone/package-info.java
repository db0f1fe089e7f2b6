/// The program behind `./scope`: its commands, and the all-in-one form in which processor, query
/// service and probe run in one process.
@NullMarked
package dev.otelscope.standalone;

import org.jspecify.annotations.NullMarked;
