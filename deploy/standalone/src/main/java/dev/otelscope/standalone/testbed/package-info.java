/// Machines that are not there: network namespaces on one bridge, and programs that talk to each
/// other in them, for tests and for `scope bench`. Needs root and `ip`.
@NullMarked
package dev.otelscope.standalone.testbed;

import org.jspecify.annotations.NullMarked;
