package dev.earshot.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.earshot.fixture.PackageCycles;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The laws of the whole program, read from its class files. Those of the pure core stand beside
/// it.
class ArchitectureTest {

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.earshot");

  private static final String[] CORE = {
    "dev.earshot.anonymity..",
    "dev.earshot.evidence..",
    "dev.earshot.topology..",
    "dev.earshot.budget..",
    "dev.earshot.check..",
    "dev.earshot.plan..",
    "dev.earshot.catalogue.."
  };

  private static final String[] SHELL = {
    "dev.earshot.become..",
    "dev.earshot.cli..",
    "dev.earshot.collect..",
    "dev.earshot.demo..",
    "dev.earshot.config..",
    "dev.earshot.dns..",
    "dev.earshot.connection..",
    "dev.earshot.history..",
    "dev.earshot.inventory..",
    "dev.earshot.jinja..",
    "dev.earshot.policy..",
    "dev.earshot.postgres..",
    "dev.earshot.process..",
    "dev.earshot.python..",
    "dev.earshot.recording..",
    "dev.earshot.redaction..",
    "dev.earshot.ssh..",
    "dev.earshot.sshconfig..",
    "dev.earshot.text..",
    "dev.earshot.vault..",
    "dev.earshot.yaml.."
  };

  @Test
  void allModulesWereRead() {
    assertThat(PROGRAM.size()).isGreaterThan(200);
    assertThat(PROGRAM.stream().map(JavaClass::getPackageName))
        .contains("dev.earshot.check", "dev.earshot.report", "dev.earshot.ssh");
  }

  @Test
  void packagesHaveNoCycles() {
    assertThat(PackageCycles.firstOf(PROGRAM)).isEmpty();
  }

  @Test
  void dependenciesPointFromTheShellThroughTheReportToTheCore() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.earshot.report..")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(SHELL)
        .check(PROGRAM);
    noClasses()
        .that()
        .resideInAPackage("dev.earshot.report..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SHELL)
        .check(PROGRAM);
  }

  @Test
  void inventoriesAndConnectionsKnowNothingOfEachOther() {
    noClasses()
        .that()
        .resideInAPackage("dev.earshot.inventory..")
        .or()
        .resideInAPackage("dev.earshot.ssh..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.earshot.collect..", "dev.earshot.cli..", "dev.earshot.evidence..")
        .check(PROGRAM);
  }

  @Test
  void nobodyButTheTerminalPrints() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Terminal.class.getName())
        // The lab's own programs are no part of Earshot.
        .and()
        .resideOutsideOfPackage("dev.earshot.lab..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.FileDescriptor")
        .check(PROGRAM);
  }

  @Test
  void onlyMainEndsTheProgram() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        .and()
        .resideOutsideOfPackage("dev.earshot.lab..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(PROGRAM);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> packages =
        PROGRAM.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith(NullMarked.class)
        .check(PROGRAM);
    assertThat(
            PROGRAM.stream()
                .filter(one -> one.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackageName))
        .containsExactlyInAnyOrderElementsOf(packages);
  }
}
