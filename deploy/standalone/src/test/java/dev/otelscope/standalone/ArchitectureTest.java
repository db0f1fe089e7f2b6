package dev.otelscope.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table of `docs/architecture.md`: which module may know which. Here for all modules at once;
/// each module holds its own row besides, so that a mistake shows where it is made.
@AnalyzeClasses(
    packages = ArchitectureTest.OURS,
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  static final String OURS = "dev.otelscope";

  private static final Map<String, List<String>> MAY_DEPEND_ON =
      new TreeMap<>(
          Map.of(
              "model", List.of(),
              "otlp", List.of("model"),
              "engine", List.of("model", "otlp"),
              "views", List.of("model"),
              "serving", List.of(),
              "graphstream", List.of("model"),
              "server", List.of("model", "otlp", "engine", "serving", "graphstream"),
              "probe", List.of("model"),
              "query", List.of("model", "views", "serving", "graphstream"),
              "standalone", List.of("model", "serving", "probe", "server", "query")));

  @ArchTest
  static void modulesDependOnlyOnThoseTheyMayKnow(JavaClasses classes) {
    MAY_DEPEND_ON.forEach((module, others) ->
        classes()
            .that(resideInAPackage(packagesOf(module)))
            .should()
            .onlyDependOnClassesThat(isNotOurs().or(isIn(module, others)))
            .because("the module " + module + " may know only " + others)
            .check(classes));
  }

  @ArchTest
  static void packagesHaveNoCycles(JavaClasses classes) {
    slices().matching(OURS + ".(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void everyModuleIsInTheTable() {
    JavaClasses classes =
        new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages(OURS);

    assertThat(classes.stream().map(JavaClass::getPackageName))
        .isNotEmpty()
        .allSatisfy(name ->
            assertThat(MAY_DEPEND_ON.keySet())
                .anySatisfy(
                    module -> assertThat(name + ".").startsWith(OURS + "." + module + ".")));
  }

  private static DescribedPredicate<JavaClass> isNotOurs() {
    return DescribedPredicate.not(resideInAPackage(OURS + ".."));
  }

  private static DescribedPredicate<JavaClass> isIn(String module, List<String> others) {
    return resideInAnyPackage(
        Stream.concat(Stream.of(module), others.stream())
            .map(ArchitectureTest::packagesOf)
            .toArray(String[]::new));
  }

  private static String packagesOf(String module) {
    return OURS + "." + module + "..";
  }
}
