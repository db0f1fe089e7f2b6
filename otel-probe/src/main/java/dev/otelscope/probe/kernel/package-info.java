/// The Linux kernel from Java: system calls through the Foreign Function & Memory API, netlink,
/// network namespaces, and cheap readers of `/proc`. Knows nothing of connections.
@NullMarked
package dev.otelscope.probe.kernel;

import org.jspecify.annotations.NullMarked;
