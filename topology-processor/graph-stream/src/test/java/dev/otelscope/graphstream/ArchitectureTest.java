package dev.otelscope.graphstream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.otelscope.graphstream", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule dependsOnTheModelAndItsLibraries =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.otelscope.graphstream..",
              "dev.otelscope.model..",
              "com.fasterxml.jackson.core..",
              "com.fasterxml.jackson.dataformat.cbor..",
              "com.linecorp.armeria..",
              "org.jspecify..",
              "org.slf4j..",
              "java..");
}
