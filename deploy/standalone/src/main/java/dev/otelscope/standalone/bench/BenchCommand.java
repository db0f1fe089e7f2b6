package dev.otelscope.standalone.bench;

import picocli.CommandLine.Command;

/// `scope bench`: only the sum of its subcommands.
@Command(
    name = "bench",
    description = "Measures the programs themselves.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ProbeBenchCommand.class, ChurnBenchCommand.class})
public final class BenchCommand {}
