package dev.otelscope.query.http;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.QueryParams;
import dev.otelscope.views.Selector;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.ViewOption;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads view names and their parameters; everything that is not understood is refused.
final class ViewParameters {
  static final int DEFAULT_LIMIT = 5_000;
  static final int MAX_LIMIT = 50_000;
  private static final int MAX_QUERY_LENGTH = 200;

  private final Map<String, ViewDefinition> views;

  ViewParameters(List<ViewDefinition> views) {
    Map<String, ViewDefinition> byId = new LinkedHashMap<>();
    views.forEach(view -> byId.put(view.id(), view));
    this.views = byId;
  }

  ViewDefinition view(String id) {
    return Optional.ofNullable(views.get(id))
        .orElseThrow(() ->
            new ProblemException(
                Problem.of(
                    HttpStatus.NOT_FOUND,
                    "There is no view '" + id + "'; there are " + listed(views.keySet()) + ".")));
  }

  /// What the parameters select of a view.
  Selector selector(ViewDefinition view, QueryParams parameters) {
    Map<ViewOption, String> choices = new EnumMap<>(ViewOption.class);
    String query = "";
    int limit = DEFAULT_LIMIT;
    for (String name : parameters.names()) {
      String value = single(name, parameters.getAll(name));
      switch (name) {
        case "q" -> query = query(value);
        case "limit" -> limit = limit(value);
        default -> {
          ViewOption option = option(view, name);
          choices.put(option, choice(option, value));
        }
      }
    }
    return Selector.of(view, choices, query, limit);
  }

  /// Refuses every parameter.
  static void none(QueryParams parameters) {
    parameters.names().stream()
        .findFirst()
        .ifPresent(name -> refuse(name, "There is no parameter '" + name + "' here."));
  }

  private static String single(String name, List<String> values) {
    if (values.size() != 1) {
      refuse(name, "'" + name + "' must be given once, not " + values.size() + " times.");
    }
    return values.getFirst();
  }

  private static String query(String value) {
    if (value.length() > MAX_QUERY_LENGTH) {
      refuse(
          "q", "'q' has at most " + MAX_QUERY_LENGTH + " characters, not " + value.length() + ".");
    }
    return value;
  }

  private static int limit(String value) {
    try {
      int limit = Integer.parseInt(value);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // refused below, like a number out of range
    }
    throw refusal("limit", "'limit' must be 1 to " + MAX_LIMIT + ", not '" + value + "'.");
  }

  private static ViewOption option(ViewDefinition view, String name) {
    return view.options().stream()
        .filter(option -> option.id().equals(name))
        .findFirst()
        .orElseThrow(() ->
            refusal(
                name,
                "View '%s' has no parameter '%s'; it has %s."
                    .formatted(view.id(), name, parametersOf(view))));
  }

  private static String parametersOf(ViewDefinition view) {
    return listed(
        Stream.concat(view.options().stream().map(ViewOption::id), Stream.of("q", "limit"))
            .toList());
  }

  private static String choice(ViewOption option, String value) {
    if (!option.allows(value)) {
      List<String> allowed = option.allowed().stream().map(ViewOption.Value::value).toList();
      refuse(
          option.id(),
          "'%s' must be one of %s, not '%s'.".formatted(option.id(), listed(allowed), value));
    }
    return value;
  }

  private static String listed(Iterable<String> names) {
    return String.join(", ", names);
  }

  private static void refuse(String parameter, String detail) {
    throw refusal(parameter, detail);
  }

  static ProblemException refusal(String parameter, String detail) {
    return new ProblemException(Problem.ofParameter(parameter, detail));
  }
}
