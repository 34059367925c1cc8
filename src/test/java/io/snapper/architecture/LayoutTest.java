package io.snapper.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The arrows between the packages: boot to everything, edges inwards, core to the JDK alone. */
@AnalyzeClasses(packages = "io.snapper", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {
  private static final DescribedPredicate<JavaClass> JDK = resideInAnyPackage("java..", "javax..");
  private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("io.snapper..");

  @ArchTest
  static final ArchRule shouldLetTheCoreImportTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("io.snapper.core..")
          .should()
          .onlyDependOnClassesThat(JDK.or(resideInAPackage("io.snapper.core..")))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule shouldLetTheProtocolsImportTheJdkAndJsonOnly =
      classes()
          .that()
          .resideInAPackage("io.snapper.protocol..")
          .should()
          .onlyDependOnClassesThat(
              JDK.or(resideInAnyPackage("io.snapper.protocol..", "jakarta.json..")))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule shouldLetEdgesImportProtocolCoreAndConfigOnly =
      ours(
          "io.snapper.edge..", "io.snapper.protocol..", "io.snapper.core..", "io.snapper.config..");

  @ArchTest
  static final ArchRule shouldNotLetEdgesImportEachOther =
      slices()
          .matching("io.snapper.edge.(*)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule shouldLetTheRedisStoreImportCoreAndConfigOnly =
      ours("io.snapper.store.redis..", "io.snapper.core..", "io.snapper.config..");

  /** The ports of core.auth name values and errors of the core, so those may be imported too. */
  @ArchTest
  static final ArchRule shouldLetTokensImportTheCoresAuthAndConfigOnly =
      ours(
          "io.snapper.auth.jwt..",
          "io.snapper.core.auth..",
          "io.snapper.core.message..",
          "io.snapper.core.error..",
          "io.snapper.config..");

  @ArchTest
  static final ArchRule shouldLetTheConfigurationImportNothingOfOurs = ours("io.snapper.config..");

  /** The load tool knows the broker by its wire protocols only. */
  @ArchTest
  static final ArchRule shouldLetTheLoadToolImportNothingOfOurs = ours("io.snapper.load..");

  @ArchTest
  static final ArchRule shouldLetNobodyImportTheLoadTool =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.snapper.load..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.snapper.load..");

  @ArchTest
  static final ArchRule shouldLetNobodyButBootImportBoot =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.snapper.boot..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.snapper.boot..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule shouldKeepRedissonInTheRedisStore =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.snapper.store.redis..", "io.snapper.boot..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.redisson..", "redis.embedded..");

  @ArchTest
  static final ArchRule shouldLogBySystemLogger =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.slf4j..", "java.util.logging..", "org.jboss.logging..");

  @ArchTest
  static final ArchRule shouldHaveNoCycleOfLayers =
      slices().matching("io.snapper.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule shouldBelongToAPackageOfTheLayout =
      classes()
          .should()
          .resideInAnyPackage(
              "io.snapper",
              "io.snapper.boot..",
              "io.snapper.config..",
              "io.snapper.core..",
              "io.snapper.protocol..",
              "io.snapper.edge.*..",
              "io.snapper.store.redis..",
              "io.snapper.auth.jwt..",
              "io.snapper.load..");

  @ArchTest
  static void shouldDescribeEachPackage(JavaClasses classes) {
    Path sources = Path.of("src", "main", "java");
    Set<String> packages =
        classes.stream()
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));

    packages.removeIf(
        name -> Files.exists(sources.resolve(name.replace('.', '/')).resolve("package-info.java")));

    assertThat(packages).as("packages without package-info.java").isEmpty();
  }

  /** Of our own classes, those of the first package may use themselves and the others named. */
  private static ArchRule ours(String owner, String... others) {
    DescribedPredicate<JavaClass> allowed =
        resideInAPackage(owner).or(resideInAnyPackage(others)).or(not(OURS));
    return classes()
        .that()
        .resideInAPackage(owner)
        .should()
        .onlyDependOnClassesThat(allowed)
        .allowEmptyShould(true);
  }
}
