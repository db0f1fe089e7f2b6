/// Which names addresses have, as answers of name servers on their way into each network namespace
/// tell it. Only what is seen on the wire: no file and no server is asked.
@NullMarked
package dev.otelscope.probe.dns;

import org.jspecify.annotations.NullMarked;
