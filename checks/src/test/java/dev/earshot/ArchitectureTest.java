package dev.earshot;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.earshot.check.Check;
import dev.earshot.fixture.PackageCycles;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The laws of the core: it is pure, and its packages have no cycles.
class ArchitectureTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.earshot");

  @Test
  void allOfTheCoreIsLookedAt() {
    assertThat(CORE).hasSizeGreaterThan(50);
    assertThat(CORE.contain("dev.earshot.evidence.Probe")).isTrue();
    assertThat(CORE.contain("dev.earshot.catalogue.Checks")).isTrue();
    assertThat(CORE.contain("dev.earshot.ArchitectureTest")).isFalse();
  }

  @Test
  void nothingTouchesFilesNetworksOrProcesses() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.io..",
                "java.net..",
                "java.nio.file..",
                "java.nio.channels..",
                "java.sql..",
                "java.lang.reflect..",
                "sun..",
                "com.sun.."))
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Process.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Runtime.class)
        .check(CORE);
  }

  @Test
  void theCoreUsesTheJdkAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("dev.earshot..", "java..", "org.jspecify.annotations.."))
        .check(CORE);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Instant.class,
        Clock.class,
        LocalDate.class,
        LocalDateTime.class,
        OffsetDateTime.class,
        ZonedDateTime.class
      })
  void nothingReadsTheClock(Class<?> time) {
    noClasses().should().callMethod(time, "now").check(CORE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"currentTimeMillis", "nanoTime", "getenv", "getProperty", "exit"})
  void nothingAsksTheSystem(String method) {
    noClasses()
        .should()
        .callMethodWhere(target(name(method)).and(target(owner(equivalentTo(System.class)))))
        .check(CORE);
  }

  @Test
  void nothingIsLeftToChance() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocalRandom.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(UUID.class)
        .orShould()
        .callMethod(Math.class, "random")
        .check(CORE);
  }

  @Test
  void packagesHaveNoCycles() {
    assertThat(PackageCycles.firstOf(CORE)).isEmpty();
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(CORE.stream().map(JavaClass::getPackage).distinct())
        .hasSizeGreaterThan(8)
        .allSatisfy(ArchitectureTest::isNullMarked);
  }

  private static void isNullMarked(JavaPackage javaPackage) {
    assertThat(javaPackage.isAnnotatedWith(NullMarked.class)).as(javaPackage.getName()).isTrue();
  }

  @Test
  void onlyTheCatalogueKnowsTheChecks() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.earshot.catalogue")
        .and()
        .areTopLevelClasses()
        .should()
        .dependOnClassesThat(JavaClass.Predicates.implement(Check.class))
        .check(CORE);
  }
}
