package dev.otelscope.standalone;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// `scope`: only the sum of its subcommands.
@Command(
    name = "scope",
    description = "A live map of everything that talks to everything, made from OpenTelemetry.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {HelpCommand.class, VersionCommand.class})
final class ScopeCommand {}
