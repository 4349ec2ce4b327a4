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
          .definedBy("dev.edgefleet.failure..")
          .layer("io")
          .definedBy("dev.edgefleet.io..")
          .layer("secret")
          .definedBy("dev.edgefleet.secret..")
          .layer("text")
          .definedBy("dev.edgefleet.text..")
          .layer("terminal")
          .definedBy("dev.edgefleet.terminal..")
          .layer("yaml")
          .definedBy("dev.edgefleet.yaml..")
          .layer("transport")
          .definedBy("dev.edgefleet.transport..")
          .layer("remote")
          .definedBy("dev.edgefleet.remote..")
          .layer("identity")
          .definedBy("dev.edgefleet.identity..")
          .layer("inventory")
          .definedBy("dev.edgefleet.inventory..")
          .layer("jinja")
          .definedBy("dev.edgefleet.jinja..")
          .layer("template")
          .definedBy("dev.edgefleet.template..")
          .layer("playbook")
          .definedBy("dev.edgefleet.playbook..")
          .layer("connect")
          .definedBy("dev.edgefleet.connect..")
          .layer("action")
          .definedBy("dev.edgefleet.action..")
          .layer("edge")
          .definedBy("dev.edgefleet.edge..")
          .layer("journal")
          .definedBy("dev.edgefleet.journal..")
          .layer("rollout")
          .definedBy("dev.edgefleet.rollout..")
          .layer("engine")
          .definedBy("dev.edgefleet.engine..")
          .layer("report")
          .definedBy("dev.edgefleet.report..")
          .layer("progress")
          .definedBy("dev.edgefleet.progress..")
          .layer("reference")
          .definedBy("dev.edgefleet.reference..")
          .layer("simulator")
          .definedBy("dev.edgefleet.simulator..")
          .layer("run")
          .definedBy("dev.edgefleet.run..")
          .layer("cli")
          .definedBy("dev.edgefleet.cli..")
          .whereLayer("failure")
          .mayNotAccessAnyLayer()
          .whereLayer("io")
          .mayNotAccessAnyLayer()
          .whereLayer("secret")
          .mayOnlyAccessLayers("failure", "io")
          .whereLayer("text")
          .mayOnlyAccessLayers("failure")
          .whereLayer("terminal")
          .mayOnlyAccessLayers("secret", "failure")
          .whereLayer("yaml")
          .mayOnlyAccessLayers("secret", "failure")
          .whereLayer("transport")
          .mayOnlyAccessLayers("text", "secret", "failure", "io")
          .whereLayer("remote")
          .mayOnlyAccessLayers("transport", "secret", "failure", "io", "text")
          .whereLayer("identity")
          .mayOnlyAccessLayers("secret", "failure", "io")
          .whereLayer("inventory")
          .mayOnlyAccessLayers("text", "yaml", "secret", "failure")
          .whereLayer("jinja")
          .mayOnlyAccessLayers("text", "yaml", "secret", "failure", "io")
          .whereLayer("template")
          .mayOnlyAccessLayers("jinja", "secret", "failure")
          .whereLayer("playbook")
          .mayOnlyAccessLayers("yaml", "secret", "failure")
          .whereLayer("connect")
          .mayOnlyAccessLayers("jinja", "inventory", "remote", "transport", "secret", "failure")
          .whereLayer("action")
          .mayOnlyAccessLayers("text", "remote", "playbook", "secret", "failure", "io")
          .whereLayer("edge")
          .mayOnlyAccessLayers(
              "action", "remote", "identity", "playbook", "secret", "failure", "io")
          .whereLayer("journal")
          .mayOnlyAccessLayers("secret", "failure", "io")
          .whereLayer("rollout")
          .mayNotAccessAnyLayer()
          .whereLayer("engine")
          .mayOnlyAccessLayers(
              "playbook",
              "yaml",
              "inventory",
              "jinja",
              "rollout",
              "action",
              "journal",
              "connect",
              "remote",
              "transport",
              "secret",
              "failure",
              "io")
          .whereLayer("report")
          .mayOnlyAccessLayers("journal", "failure", "io", "text")
          .whereLayer("progress")
          .mayOnlyAccessLayers("journal", "report", "terminal", "failure", "text")
          .whereLayer("reference")
          .mayOnlyAccessLayers(
              "action",
              "playbook",
              "connect",
              "inventory",
              "journal",
              "report",
              "terminal",
              "secret",
              "failure")
          .whereLayer("simulator")
          .mayOnlyAccessLayers("transport", "failure", "io")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("run")
          .mayOnlyBeAccessedByLayers("cli");

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
