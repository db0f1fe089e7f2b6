package dev.otelscope.standalone;

import dev.otelscope.probe.DoctorCommand;
import dev.otelscope.probe.ProbeCommand;
import dev.otelscope.query.QueryCommand;
import dev.otelscope.server.ProcessorCommand;
import dev.otelscope.standalone.bench.BenchCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// `scope`: only the sum of its subcommands.
@Command(
    name = "scope",
    description = "A live map of everything that talks to everything, made from OpenTelemetry.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      ProbeCommand.class,
      ProcessorCommand.class,
      QueryCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      HelpCommand.class,
      VersionCommand.class
    })
final class ScopeCommand {}
