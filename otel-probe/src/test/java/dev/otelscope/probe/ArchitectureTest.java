package dev.otelscope.probe;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.otelscope.probe", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule dependsOnTheModelAndItsLibraries =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.otelscope.probe..",
              "dev.otelscope.model",
              "io.opentelemetry..",
              "oshi..",
              "com.fasterxml.jackson.core..",
              "picocli..",
              "org.jspecify..",
              "org.slf4j..",
              "java..",
              "javax.net.ssl..");

  @ArchTest
  static final ArchRule onlyEmissionKnowsOpenTelemetry =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.otelscope.probe.emission")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.opentelemetry..");

  @ArchTest
  static final ArchRule onlyRuntimesSpeakJson =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.otelscope.probe.container.docker", "dev.otelscope.probe.container.socket")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml..");

  @ArchTest
  static final ArchRule trackingDoesNotKnowWhereItsFactsComeFrom =
      noClasses()
          .that()
          .resideInAPackage("dev.otelscope.probe.tracking")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.otelscope.probe",
              "dev.otelscope.probe.emission",
              "dev.otelscope.probe.kernel",
              "dev.otelscope.probe.sockdiag",
              "dev.otelscope.probe.conntrack",
              "dev.otelscope.probe.procfs",
              "dev.otelscope.probe.tracing",
              "dev.otelscope.probe.host");

  @ArchTest
  static final ArchRule noTwoPackagesNeedEachOther =
      slices().matching("dev.otelscope.probe.(*)..").should().beFreeOfCycles();
}
