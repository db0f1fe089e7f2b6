package dev.otelscope.views;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a viewer chose to see. Two viewers with equal selectors share one [Selection].
///
/// @param choices of the view's options, every one of them filled in
/// @param words that a node must contain, all of them, in lower case; none keeps every node
/// @param limit how many nodes at most, positive
public record Selector(Map<ViewOption, String> choices, List<String> words, int limit) {

  public Selector {
    choices = Map.copyOf(choices);
    words = List.copyOf(words);
    choices.forEach((option, value) -> {
      if (!option.allows(value)) {
        throw new IllegalArgumentException(option.id() + " has no value '" + value + "'");
      }
    });
    if (limit <= 0) {
      throw new IllegalArgumentException("limit must be positive, not " + limit);
    }
  }

  /// The view as it is offered: default options, no words, no limit.
  public static Selector defaultsOf(ViewDefinition view) {
    return of(view, Map.of(), "", Integer.MAX_VALUE);
  }

  /// @param chosen may leave options out, which then have their defaults
  /// @param query words separated by blanks
  /// @throws IllegalArgumentException when the view has no such option or the option no such value
  public static Selector of(
      ViewDefinition view, Map<ViewOption, String> chosen, String query, int limit) {
    Map<ViewOption, String> choices = new EnumMap<>(ViewOption.class);
    view.options().forEach(option -> choices.put(option, option.defaultValue()));
    chosen.forEach((option, value) -> {
      if (choices.put(option, value) == null) {
        throw new IllegalArgumentException("view " + view.id() + " has no option " + option.id());
      }
    });
    String text = query.toLowerCase(Locale.ROOT).strip();
    return new Selector(choices, text.isEmpty() ? List.of() : List.of(text.split("\\s+")), limit);
  }

  boolean chose(ViewOption option, String value) {
    return value.equals(choices.get(option));
  }
}
