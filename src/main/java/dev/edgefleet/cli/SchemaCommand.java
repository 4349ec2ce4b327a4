package dev.edgefleet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgefleet.reference.InventorySchema;
import dev.edgefleet.reference.PlaybookSchema;
import dev.edgefleet.run.AllActions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code edgefleet schema}. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Prints a JSON Schema, with which an editor completes and checks what you write.",
    footer = {
      "",
      "Example, for VS Code with its YAML extension:",
      "  edgefleet schema > playbook.schema.json",
      "  and on the first line of a playbook:",
      "  # yaml-language-server: $schema=playbook.schema.json"
    })
final class SchemaCommand implements Callable<Integer> {
  /** What a schema is printed of. */
  enum Kind {
    PLAYBOOK,
    INVENTORY
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "playbook|inventory",
      defaultValue = "playbook",
      description = "Of what (default: ${DEFAULT-VALUE}).")
  private Kind kind = Kind.PLAYBOOK;

  @Override
  public Integer call() {
    ObjectNode schema =
        switch (kind) {
          case PLAYBOOK -> PlaybookSchema.of(AllActions.make());
          case INVENTORY -> InventorySchema.document();
        };
    System.out.println(schema.toPrettyString());
    return 0;
  }
}
