package dev.otelscope.server;

import com.linecorp.armeria.server.ServerBuilder;
import java.util.function.Consumer;

/// Something that is to be served on a port of its own.
///
/// @param name what a person calls it
/// @param option with which a person chooses the port
/// @param routes adds what is served
record Endpoint(String name, String option, Port port, Consumer<ServerBuilder> routes) {}
