/// The views of what runs on hosts, and what things are called there. A new view is a new file here
/// and a line in the query service's list of views.
@NullMarked
package dev.otelscope.views.runtime;

import org.jspecify.annotations.NullMarked;
