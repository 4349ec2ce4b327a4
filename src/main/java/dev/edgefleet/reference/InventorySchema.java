package dev.edgefleet.reference;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgefleet.connect.ConnectionVariable;
import dev.edgefleet.connect.KnownVariables;

/** The JSON Schema of YAML inventories. */
public final class InventorySchema {
  private InventorySchema() {}

  public static ObjectNode document() {
    ObjectNode definitions = object();
    definitions.set("variables", variables());
    definitions.set("group", group());
    ObjectNode document =
        object()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", "edgefleet inventory")
            .put("type", "object");
    document.set("additionalProperties", ref("group"));
    document.set("$defs", definitions);
    return document;
  }

  private static ObjectNode group() {
    ObjectNode properties = object();
    properties.set("hosts", named("Devices by name, each with its own variables.", "variables"));
    properties.set("children", named("Groups inside this one.", "group"));
    properties.set(
        "vars", ref("variables").put("description", "Variables of every device in the group."));
    ObjectNode group = orNothing();
    group.set("properties", properties);
    return group.put("additionalProperties", false);
  }

  private static ObjectNode variables() {
    ObjectNode properties = object();
    KnownVariables.all().stream()
        .filter(variable -> variable.handling() == ConnectionVariable.Handling.HONOURED)
        .forEach(
            variable ->
                variable
                    .names()
                    .forEach(
                        name ->
                            properties.set(name, object().put("description", variable.meaning()))));
    ObjectNode variables = orNothing();
    variables.set("properties", properties);
    return variables;
  }

  private static ObjectNode named(String description, String definition) {
    ObjectNode named = orNothing().put("description", description);
    return named.set("additionalProperties", ref(definition));
  }

  private static ObjectNode orNothing() {
    ObjectNode schema = object();
    schema.putArray("type").add("object").add("null");
    return schema;
  }

  private static ObjectNode ref(String definition) {
    return object().put("$ref", "#/$defs/" + definition);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
