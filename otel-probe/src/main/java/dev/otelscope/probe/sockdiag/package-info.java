/// Tiers 2 and 3: sockets through the kernel's `sock_diag` netlink protocol, by dumps of what is
/// open and by multicast of what is destroyed.
@NullMarked
package dev.otelscope.probe.sockdiag;

import org.jspecify.annotations.NullMarked;
