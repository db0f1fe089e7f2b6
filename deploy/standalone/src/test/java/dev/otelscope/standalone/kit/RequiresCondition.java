package dev.otelscope.standalone.kit;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

final class RequiresCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<String> missing = new ArrayList<>();
    findAnnotation(context.getElement(), Requires.class)
        .ifPresent(requires -> collectMissing(requires, missing));
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("nothing is missing");
    }
    String reason = String.join(", ", missing);
    if ("all".equals(System.getenv("OTELSCOPE_REQUIRE"))) {
      throw new IllegalStateException(context.getDisplayName() + " cannot run: " + reason);
    }
    System.out.printf("Skipped %s: %s%n", context.getDisplayName(), reason);
    return ConditionEvaluationResult.disabled(reason);
  }

  private static void collectMissing(Requires requires, List<String> missing) {
    if (requires.root() && !"root".equals(System.getProperty("user.name"))) {
      missing.add("not root");
    }
    for (Tool tool : requires.value()) {
      if (tool.find().isEmpty()) {
        missing.add(tool.whyNot());
      }
    }
  }
}
