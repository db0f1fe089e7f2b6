package dev.otelscope.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// What this module may depend on, and that its packages depend on each other in one direction.
@AnalyzeClasses(packages = "dev.otelscope.engine", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule DEPENDS_ON_MODEL_AND_OTLP_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.otelscope.engine..",
              "dev.otelscope.model..",
              "dev.otelscope.otlp..",
              "java..",
              "org.jctools.queues.atomic..",
              "org.jspecify..",
              "org.pcollections..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
      slices().matching("dev.otelscope.engine.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule DIALECTS_STAY_OUTSIDE =
      classes()
          .that()
          .resideInAPackage("dev.otelscope.engine.dialect")
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage("dev.otelscope.engine.dialect", "dev.otelscope.engine");
}
