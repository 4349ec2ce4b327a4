package dev.edgefleet;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** Holds the arrows between packages, as docs/architecture.md draws them. */
@AnalyzeClasses(packages = "dev.edgefleet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
  @ArchTest
  static final ArchRule ARROWS =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.edgefleet..")
          .ensureAllClassesAreContainedInArchitectureIgnoring("gg.jte.generated..")
          .layer("failure")
          .definedBy("..failure..")
          .layer("secret")
          .definedBy("..secret..")
          .layer("text")
          .definedBy("..text..")
          .layer("yaml")
          .definedBy("..yaml..")
          .layer("transport")
          .definedBy("..transport..")
          .layer("remote")
          .definedBy("..remote..")
          .layer("identity")
          .definedBy("..identity..")
          .layer("inventory")
          .definedBy("..inventory..")
          .layer("template")
          .definedBy("..template..")
          .layer("playbook")
          .definedBy("..playbook..")
          .layer("action")
          .definedBy("..action..")
          .layer("edge")
          .definedBy("..edge..")
          .layer("journal")
          .definedBy("..journal..")
          .layer("rollout")
          .definedBy("..rollout..")
          .layer("engine")
          .definedBy("..engine..")
          .layer("report")
          .definedBy("..report..")
          .layer("simulator")
          .definedBy("..simulator..")
          .layer("cli")
          .definedBy("..cli..")
          .whereLayer("failure")
          .mayNotAccessAnyLayer()
          .whereLayer("secret")
          .mayOnlyAccessLayers("failure")
          .whereLayer("text")
          .mayOnlyAccessLayers("failure")
          .whereLayer("yaml")
          .mayOnlyAccessLayers("secret", "failure")
          .whereLayer("transport")
          .mayOnlyAccessLayers("text", "secret", "failure")
          .whereLayer("remote")
          .mayOnlyAccessLayers("transport", "secret", "failure")
          .whereLayer("identity")
          .mayOnlyAccessLayers("secret", "failure")
          .whereLayer("inventory")
          .mayOnlyAccessLayers("text", "yaml", "secret", "failure")
          .whereLayer("template")
          .mayOnlyAccessLayers("text", "yaml", "secret", "failure")
          .whereLayer("playbook")
          .mayOnlyAccessLayers("yaml", "secret", "failure")
          .whereLayer("action")
          .mayOnlyAccessLayers("text", "remote", "playbook", "secret", "failure")
          .whereLayer("edge")
          .mayOnlyAccessLayers("action", "remote", "identity", "playbook", "secret", "failure")
          .whereLayer("journal")
          .mayOnlyAccessLayers("secret", "failure")
          .whereLayer("rollout")
          .mayNotAccessAnyLayer()
          .whereLayer("engine")
          .mayOnlyAccessLayers(
              "playbook",
              "yaml",
              "inventory",
              "template",
              "rollout",
              "action",
              "journal",
              "remote",
              "transport",
              "secret",
              "failure")
          .whereLayer("report")
          .mayOnlyAccessLayers("journal", "failure")
          .whereLayer("simulator")
          .mayOnlyAccessLayers("transport", "failure");

  @ArchTest
  static final ArchRule NO_CIRCLES =
      SlicesRuleDefinition.slices().matching("dev.edgefleet.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NAMES_SAY_THE_THING =
      ArchRuleDefinition.noClasses()
          .should()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameStartingWith("Abstract");
}
