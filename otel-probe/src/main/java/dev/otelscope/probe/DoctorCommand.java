package dev.otelscope.probe;

import static java.util.Objects.requireNonNull;

import dev.otelscope.probe.emission.Coverage;
import dev.otelscope.probe.emission.ReceiverCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `doctor`: says in plain words what a probe could see here, and whether someone would hear it.
/// Ends with 0 when it could see everything, with 1 when something is missing, which it says.
@Command(
    name = "doctor",
    description = "Explains what the probe can and cannot see on this machine, and why.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "It ends with%n",
    exitCodeList = {
      "0:when the probe would see everything",
      "1:when something is missing, which is said",
      "2:when an option is wrong, or nothing can be seen"
    })
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private final ProbeOptions options = new ProbeOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec command = requireNonNull(spec, "set by picocli");
    PrintWriter out = command.commandLine().getOut();
    try {
      ProbeConfig config = options.toConfig(System.getenv());
      Examination found = Examination.of(config);
      Coverage coverage = found.coverage();
      out.println(
          "The probe works here by tier %d, %s."
              .formatted(coverage.tier().number(), coverage.tier().description()));
      found.findings().stream()
          .filter(finding -> !finding.works())
          .forEach(finding -> out.println("It could not use " + finding + "."));
      out.println(found.summary());
      found.limits().forEach(limit -> out.println("Besides, " + limit + "."));
      if (!coverage.untranslated().isEmpty()) {
        out.println("Translated addresses: " + coverage.untranslated() + ".");
      }
      if (!coverage.unnamed().isEmpty()) {
        out.println("Names: " + coverage.unnamed() + ".");
      }
      coverage
          .lost()
          .forEach((reason, count) -> out.println("Not seen: %d × %s.".formatted(count, reason)));
      RuntimeCheck.of(config.runtimeSockets()).forEach(out::println);
      out.println(ReceiverCheck.of(config.receiver()));
      if (config.disabled()) {
        out.println("OTEL_SDK_DISABLED is true: a probe would watch nothing until that is unset.");
      }
      out.flush();
      return found.isComplete() ? 0 : 1;
    } catch (IllegalArgumentException | IOException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
