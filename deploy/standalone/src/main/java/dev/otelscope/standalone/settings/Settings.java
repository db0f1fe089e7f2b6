package dev.otelscope.standalone.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Gives every option of every command three sources, strongest first:
///
/// ```
/// --otlp-http-port 4318           command line
/// OTELSCOPE_OTLP_HTTP_PORT=4318   environment
/// otlp-http-port = 4318           the file named by --config
/// ```
///
/// A file may hold keys of several commands, each takes its own; a key that no command knows stops
/// the start. Options that ask rather than set (`--help`, `--version`) have only the first source.
public final class Settings implements IDefaultValueProvider {
  private static final String PREFIX = "OTELSCOPE_";

  private final Map<String, String> environment;
  private final Map<String, String> file;
  private final Set<String> said;

  private Settings(Map<String, String> environment, Map<String, String> file, Set<String> said) {
    this.environment = environment;
    this.file = file;
    this.said = said;
  }

  /// Prepares `commands` for parsing `arguments`.
  ///
  /// @throws CommandLine.ParameterException when the file cannot be read or has an unknown key
  public static void addTo(
      CommandLine commands, Map<String, String> environment, String... arguments) {
    addConfigOption(commands);
    Optional<String> file =
        ConfigFile.named(arguments)
            .or(() -> Optional.ofNullable(environment.get("OTELSCOPE_CONFIG")));
    Map<String, String> values = Map.of();
    if (file.isPresent()) {
      values = ConfigFile.read(commands, file.get(), keys(commands));
    }
    Set<String> said =
        Stream.of(arguments)
            .map(argument -> argument.split("=", 2)[0])
            .collect(Collectors.toUnmodifiableSet());
    commands.setDefaultValueProvider(new Settings(Map.copyOf(environment), values, said));
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || !isSetting(option)) {
      return null;
    }
    if (Stream.of(option.names()).anyMatch(said::contains)) {
      return null; // for picocli a flag on the command line means the opposite of its default
    }
    String key = key(option);
    String fromEnvironment = environment.get(variable(key));
    return fromEnvironment != null ? fromEnvironment : file.get(key);
  }

  /// The keys that a file may have: the long name of every option of every command.
  static SortedSet<String> keys(CommandLine commands) {
    SortedSet<String> keys = new TreeSet<>();
    for (CommandLine command : commands.getSubcommands().values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (isSetting(option)) {
          keys.add(key(option));
        }
      }
      keys.addAll(keys(command));
    }
    return keys;
  }

  static String variable(String key) {
    return PREFIX + key.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static String key(OptionSpec option) {
    return option.longestName().substring(2);
  }

  private static boolean isSetting(OptionSpec option) {
    return option.longestName().startsWith("--")
        && !option.longestName().equals(ConfigFile.OPTION)
        && !option.usageHelp()
        && !option.versionHelp();
  }

  private static void addConfigOption(CommandLine commands) {
    for (CommandLine command : commands.getSubcommands().values()) {
      CommandSpec spec = command.getCommandSpec();
      if (spec.findOption(ConfigFile.OPTION) == null
          && spec.options().stream().anyMatch(Settings::isSetting)) {
        spec.addOption(
            OptionSpec.builder(ConfigFile.OPTION)
                .paramLabel("FILE")
                .type(String.class)
                .description(
                    "Properties file with values for the options above, by their long names.")
                .build());
      }
      addConfigOption(command);
    }
  }
}
