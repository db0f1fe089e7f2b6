/// Tier 4: sockets from the tables of `/proc/net`, which every Linux has.
@NullMarked
package dev.otelscope.probe.procfs;

import org.jspecify.annotations.NullMarked;
