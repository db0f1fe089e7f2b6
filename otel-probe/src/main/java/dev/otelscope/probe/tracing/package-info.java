/// Tier 1: programs inside of the kernel see every connection, however short, with its process.
///
/// [StateProgram] follows each TCP socket from one state to the next and adds up the connections
/// that no scan met; [SocketProgram] tells a scan all open sockets of the machine; [EbpfSource]
/// makes one story of both. [KernelFields] knows where the kernel keeps what they read, and
/// [TracingMaps] what they share.
@NullMarked
package dev.otelscope.probe.tracing;

import org.jspecify.annotations.NullMarked;
