package dev.otelscope.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.otelscope.query", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ofOursOnlyModelViewsGraphStreamAndServingAreUsed =
      classes()
          .should()
          .onlyDependOnClassesThat(
              DescribedPredicate.not(Predicates.resideInAPackage("dev.otelscope.."))
                  .or(
                      Predicates.resideInAnyPackage(
                          "dev.otelscope.query..",
                          "dev.otelscope.views..",
                          "dev.otelscope.model..",
                          "dev.otelscope.graphstream..",
                          "dev.otelscope.serving..")));
}
