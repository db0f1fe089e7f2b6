package dev.otelscope.views;

import java.util.List;
import java.util.Locale;

/// A choice that a view offers. The first value is the default.
public enum ViewOption {
  /// Nodes without any connection.
  UNCONNECTED("Unconnected"),

  /// What observes rather than works: OTel Scope itself, collectors, agents.
  SYSTEM("System"),

  /// Nodes that stand for what nobody could name or what is no node of this view: unknown
  /// endpoints, unattributed connections, what is in no container or pod. The Internet and known
  /// external services are always shown.
  PSEUDO("Unknown"),

  /// Containers and pods that do not run any more, or not yet. As long as they have connections
  /// they are shown.
  STOPPED("Stopped");

  /// @param value as it stands in a URL
  /// @param label as a person reads it
  public record Value(String value, String label) {}

  private final String label;
  private final String id = name().toLowerCase(Locale.ROOT);

  ViewOption(String label) {
    this.label = label;
  }

  /// The name of the query parameter.
  public String id() {
    return id;
  }

  public String label() {
    return label;
  }

  /// In the order in which they are offered.
  public List<Value> allowed() {
    return switch (this) {
      case UNCONNECTED, STOPPED -> List.of(new Value("hide", "Hidden"), new Value("show", "Shown"));
      case SYSTEM ->
          List.of(
              new Value("hide", "Hidden"),
              new Value("show", "Shown"),
              new Value("only", "Nothing else"));
      case PSEUDO -> List.of(new Value("show", "Shown"), new Value("hide", "Hidden"));
    };
  }

  public String defaultValue() {
    return allowed().getFirst().value();
  }

  public boolean allows(String value) {
    return allowed().stream().anyMatch(choice -> choice.value().equals(value));
  }
}
