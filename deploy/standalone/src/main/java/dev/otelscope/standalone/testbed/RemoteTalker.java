package dev.otelscope.standalone.testbed;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A [Talker] in another process, usually in a [Namespace].
public final class RemoteTalker implements AutoCloseable {

  /// What it did as a client since it was started.
  public record Totals(long opened, long failed, long sent, long received) {
    private static final Pattern FORM =
        Pattern.compile("opened=(\\d+) failed=(\\d+) sent=(\\d+) received=(\\d+)");

    static Totals parse(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new IllegalStateException("not totals: '" + text + "'");
      }
      return new Totals(
          Long.parseLong(form.group(1)),
          Long.parseLong(form.group(2)),
          Long.parseLong(form.group(3)),
          Long.parseLong(form.group(4)));
    }
  }

  private final Started program;

  private RemoteTalker(Started program) {
    this.program = program;
  }

  /// Starts one in a namespace.
  ///
  /// @param log file that its complaints are appended to
  public static RemoteTalker start(Namespace namespace, Path log) {
    return new RemoteTalker(Started.startForDialogue(log, namespace.inside(command())));
  }

  /// Starts one where this program runs, as `prefix` (such as `setpriv`) says.
  public static RemoteTalker start(List<String> prefix, Path log) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(command());
    return new RemoteTalker(Started.startForDialogue(log, command));
  }

  private static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xms16m",
        "-Xmx128m",
        "-Xmn4m", // stays in the processor's caches
        "-Xss256k",
        "-XX:-UsePerfData",
        "-cp",
        whereWeAre(),
        Talker.class.getName());
  }

  private static String whereWeAre() {
    try {
      return new File(Talker.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getPath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public long pid() {
    return program.pid();
  }

  /// Gives it a command and waits for the answer.
  ///
  /// @return what the answer says after `ok`
  /// @throws IllegalStateException when the answer is not `ok`
  public String tell(String command) {
    String answer = answerTo(command);
    if (!answer.startsWith("ok")) {
      throw new IllegalStateException("'%s' → %s; %s".formatted(command, answer, program.said()));
    }
    return answer.substring(2).strip();
  }

  /// Gives it a command that must fail.
  ///
  /// @throws IllegalStateException when it does not
  public void tellInVain(String command) {
    String answer = answerTo(command);
    if (!answer.startsWith("failed")) {
      throw new IllegalStateException("'%s' → %s, not failed".formatted(command, answer));
    }
  }

  public Totals totals() {
    return Totals.parse(tell("totals"));
  }

  private synchronized String answerTo(String command) {
    try {
      BufferedWriter input = program.input();
      input.write(command + "\n");
      input.flush();
      String answer = program.output().readLine();
      if (answer == null) {
        throw new IllegalStateException("it ended at '%s': %s".formatted(command, program.said()));
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(program.said(), e);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
