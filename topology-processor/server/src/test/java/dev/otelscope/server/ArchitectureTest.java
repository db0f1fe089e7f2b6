package dev.otelscope.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.otelscope.server", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule dependsOnTheEngineAndTheGraphStream =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.otelscope..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "dev.otelscope.server..",
                              "dev.otelscope.engine..",
                              "dev.otelscope.graphstream..",
                              "dev.otelscope.serving..",
                              "dev.otelscope.model..",
                              "dev.otelscope.otlp.."))));

  @ArchTest
  static final ArchRule speaksGrpcWithoutGrpcJavaAndGeneratedMessages =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "io.opentelemetry..");

  @ArchTest
  static final ArchRule receiversKnowNothingOfTheProgramAroundThem =
      noClasses()
          .that()
          .resideInAPackage("..receiver..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.otelscope.server");
}
