/// Address translation as the kernel's connection tracking (`nf_conntrack`) knows it: destination
/// and source NAT, masquerading, hairpins, redirects into a proxy.
@NullMarked
package dev.otelscope.probe.conntrack;

import org.jspecify.annotations.NullMarked;
