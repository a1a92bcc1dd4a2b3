package dev.sluice.proof.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("test-classes"))
          .importPackages("dev.sluice")
          .that(ArchitectureRules.product());

  private static final JavaClasses BROKEN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.OnlyIncludeTests())
          .importPackages("dev.sluice")
          .that(
              com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("..broken.."));

  @Test
  void everyModuleIsLookedAt() {
    Set<String> modules =
        PRODUCT.stream()
            .map(JavaClass::getPackageName)
            .map(name -> name.split("\\.")[2])
            .collect(Collectors.toSet());
    assertThat(modules).contains("governance", "gateway", "server", "app", "cli");
  }

  @TestFactory
  Stream<DynamicTest> theProductKeepsEveryRule() {
    return ArchitectureRules.all().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(entry.getKey(), () -> entry.getValue().check(PRODUCT)));
  }

  @TestFactory
  Stream<DynamicTest> everyRuleCanFail() {
    return ArchitectureRules.all().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> assertCanFail(entry.getKey(), entry.getValue())));
  }

  private static void assertCanFail(String name, ArchRule rule) {
    EvaluationResult result = rule.allowEmptyShould(true).evaluate(BROKEN);
    assertThat(result.hasViolation())
        .withFailMessage(() -> "no broken class shows that the rule '" + name + "' can fail")
        .isTrue();
  }
}
