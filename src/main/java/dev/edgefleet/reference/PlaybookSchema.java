package dev.edgefleet.reference;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgefleet.action.Actions;
import dev.edgefleet.playbook.parameter.Parameter;
import dev.edgefleet.playbook.parameter.ParameterSchema;
import dev.edgefleet.playbook.read.Keyword;
import dev.edgefleet.playbook.read.StatementKind;
import dev.edgefleet.playbook.read.ValueType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The JSON Schema of playbooks, made from the parser's own table of words and the parameter records
 * of the actions.
 */
public final class PlaybookSchema {
  private static final String DURATION = "^[0-9]+(\\.[0-9]+)?\\s*(ms|s|m|h)?$";
  private static final String JINJA = "\\{[{%]";

  private final Actions actions;
  private final ObjectNode definitions = object();

  private PlaybookSchema(Actions actions) {
    this.actions = actions;
  }

  public static ObjectNode of(Actions actions) {
    return new PlaybookSchema(actions).document();
  }

  private ObjectNode document() {
    actions.schemas().forEach((name, schema) -> definitions.set("action_" + name, action(schema)));
    for (StatementKind statement : StatementKind.values()) {
      definitions.set(name(statement), statement(statement));
    }
    definitions.set("task_item", taskItem());
    definitions.set(
        "handler_item",
        choice(
            "import_tasks",
            ref(name(StatementKind.IMPORT_TASKS)),
            ref(name(StatementKind.HANDLER))));
    definitions.set("condition", condition());
    ObjectNode document = object();
    document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    document.put("title", "edgefleet playbook");
    document.put("type", "array");
    document.set(
        "items",
        choice(
            "import_playbook",
            ref(name(StatementKind.IMPORT_PLAYBOOK)),
            ref(name(StatementKind.PLAY))));
    document.set("$defs", definitions);
    return document;
  }

  private ObjectNode statement(StatementKind statement) {
    ObjectNode properties = object();
    ObjectNode fullNames = object();
    for (Keyword word : Keyword.of(statement)) {
      properties.set(word.text(), word(word));
    }
    if (statement == StatementKind.TASK || statement == StatementKind.HANDLER) {
      for (Map.Entry<String, ParameterSchema<?>> action : actions.schemas().entrySet()) {
        properties.set(action.getKey(), ref("action_" + action.getKey()));
        fullNames.set(fullName(action.getKey()), ref("action_" + action.getKey()));
      }
    }
    ObjectNode schema = object();
    schema.put("type", "object");
    schema.set("properties", properties);
    String keyword =
        switch (statement) {
          case PLAY -> "hosts";
          case BLOCK -> "block";
          case IMPORT_PLAYBOOK, IMPORT_TASKS, META -> {
            String action = statement.name().toLowerCase(Locale.ROOT);
            fullNames.set(fullName(action), properties.get(action));
            // The full name will do as well.
            yield "";
          }
          case ROLLOUT -> "waves";
          case PROMPT -> "name";
          case TASK, HANDLER, LOOP_CONTROL, WAVE, GATE -> "";
        };
    if (!keyword.isEmpty()) {
      schema.putArray("required").add(keyword);
    }
    if (!fullNames.isEmpty()) {
      schema.set("patternProperties", fullNames);
    }
    alternatives(statement, schema);
    return schema.put("additionalProperties", false);
  }

  /** What a statement has one of, or some of. */
  private static void alternatives(StatementKind statement, ObjectNode schema) {
    switch (statement) {
      case WAVE ->
          schema.set(
              "oneOf",
              anyOf(required("group"), required("count"), required("percent"), required("rest"))
                  .get("anyOf"));
      case GATE -> schema.set("anyOf", anyOf(required("modules"), required("that")).get("anyOf"));
      case PLAY -> {
        ObjectNode besideRollout = anyOf(required("serial"), required("max_fail_percentage"));
        schema.set("dependentSchemas", object().set("rollout", object().set("not", besideRollout)));
      }
      default -> {}
    }
  }

  private ObjectNode taskItem() {
    ObjectNode block = anyOf(required("block"), required("rescue"), required("always"));
    return choice(
        block,
        ref(name(StatementKind.BLOCK)),
        choice(
            "import_tasks",
            ref(name(StatementKind.IMPORT_TASKS)),
            choice("meta", ref(name(StatementKind.META)), ref(name(StatementKind.TASK)))));
  }

  private ObjectNode word(Keyword word) {
    ObjectNode schema =
        word.choices().isEmpty() ? form(word.form()) : object().set("enum", array(word.choices()));
    return schema.put("description", word.meaning());
  }

  private ObjectNode form(ValueType form) {
    return switch (form) {
      case TEXT -> types("string", "number", "boolean");
      case TEXTS -> oneOrList(types("string", "number", "boolean"));
      case VARIABLE_NAME ->
          object().put("type", "string").put("pattern", "^[A-Za-z_][A-Za-z0-9_]*$");
      case TRUTH -> truth();
      case TRUTH_OR_TEMPLATE -> anyOf(truth(), jinja());
      case CONDITIONS -> oneOrList(ref("condition"));
      case NUMBER_OR_TEMPLATE ->
          anyOf(object().put("type", "number").put("minimum", 0), numeral(), jinja());
      case PERCENT ->
          anyOf(
              object().put("type", "number").put("minimum", 0).put("maximum", 100),
              object().put("type", "string").put("pattern", "^[0-9]+(\\.[0-9]+)?%?$"));
      case TRUE -> object().set("enum", array(List.of("yes", "on", "true")).add(true));
      case SHARE ->
          anyOf(
              object().put("type", "number").put("exclusiveMinimum", 0).put("maximum", 100),
              object().put("type", "string").put("pattern", "^[0-9]+(\\.[0-9]+)?%?$"));
      case DEVICES -> anyOf(object().put("type", "integer").put("minimum", 1), numeral());
      case DEVICES_OR_NONE -> anyOf(object().put("type", "integer").put("minimum", 0), numeral());
      case DURATION -> duration();
      case INTERVAL ->
          anyOf(
              object().put("type", "number").put("exclusiveMinimum", 0),
              object().put("type", "string").put("pattern", DURATION));
      case SECRET_TEXT -> object().put("type", "string");
      case ROLLOUT -> ref(name(StatementKind.ROLLOUT));
      case WAVES ->
          object()
              .put("type", "array")
              .put("minItems", 1)
              .set("items", ref(name(StatementKind.WAVE)));
      case GATE -> ref(name(StatementKind.GATE));
      case PROMPTS -> object().put("type", "array").set("items", ref(name(StatementKind.PROMPT)));
      case ANSWER -> types("string", "number", "boolean", "null");
      case LOOP_TERMS -> types("string", "array", "object");
      case SERIAL ->
          oneOrList(
              anyOf(
                  object().put("type", "integer").put("minimum", 1),
                  object().put("type", "string").put("pattern", "^[0-9]+(\\.[0-9]+)?%?$")));
      case VARIABLES ->
          anyOf(
              object()
                  .put("type", "object")
                  .set("propertyNames", object().put("pattern", "^[A-Za-z_][A-Za-z0-9_]*$")),
              nothing());
      case ENVIRONMENT, PARAMETERS -> types("object", "null");
      case FILES -> anyOf(oneOrList(oneOrList(object().put("type", "string"))), nothing());
      case LOOP -> anyOf(object().put("type", "array"), jinja());
      case LOOP_CONTROL -> ref(name(StatementKind.LOOP_CONTROL));
      case TASKS -> list("task_item");
      case HANDLERS -> list("handler_item");
    };
  }

  private ObjectNode action(ParameterSchema<?> schema) {
    ObjectNode properties = object();
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    ObjectNode parameters = object().put("type", "object");
    boolean anyName = false;
    for (Parameter parameter : schema.parameters()) {
      if (parameter.words().anyName()) {
        anyName = true;
        continue;
      }
      properties.set(parameter.name(), parameter(parameter));
      for (String alias : parameter.words().aliases()) {
        properties.set(alias, parameter(parameter));
      }
      // Where it has another name, that one will do as well.
      if (parameter.required() && parameter.words().aliases().length == 0) {
        required.add(parameter.name());
      }
    }
    parameters.set("properties", properties);
    if (!required.isEmpty()) {
      parameters.set("required", required);
    }
    parameters.put("additionalProperties", anyName);
    return anyOf(parameters, object().put("type", "string"), nothing())
        .put("description", actions.get(schema.action()).action().documentation().summary());
  }

  private ObjectNode parameter(Parameter parameter) {
    ObjectNode value = value(parameter);
    ObjectNode schema = parameter.isList() ? oneOrList(value) : value;
    schema.put("description", parameter.words().value());
    if (!parameter.words().byDefault().isEmpty()) {
      schema.put("default", parameter.words().byDefault());
    }
    return schema;
  }

  private ObjectNode value(Parameter parameter) {
    List<String> choices = List.of(parameter.words().choices());
    if (!choices.isEmpty()) {
      return anyOf(object().set("enum", array(choices)), jinja());
    }
    return switch (parameter.kind()) {
      case TEXT -> types("string", "number", "boolean");
      case WHOLE_NUMBER -> anyOf(object().put("type", "integer"), numeral(), jinja());
      case TRUTH -> anyOf(truth(), jinja());
      case DURATION -> anyOf(duration(), jinja());
      case MODE -> types("string", "integer");
      case EXPRESSION -> types("string", "boolean", "number");
      case TEXT_OR_STRUCTURE -> types("string", "number", "boolean", "object", "array");
      case ANYTHING, MAPPING -> object();
    };
  }

  private static ObjectNode duration() {
    return anyOf(
        object().put("type", "number").put("minimum", 0),
        object().put("type", "string").put("pattern", DURATION));
  }

  // Readers of YAML 1.2, as editors have, see yes and no as texts.
  private static ObjectNode truth() {
    return anyOf(
        object().put("type", "boolean"),
        object().set("enum", array(List.of("yes", "no", "on", "off", "true", "false"))));
  }

  private static ObjectNode condition() {
    return types("string", "boolean", "number");
  }

  private static ObjectNode numeral() {
    return object().put("type", "string").put("pattern", "^[0-9]+(\\.[0-9]+)?$");
  }

  private static ObjectNode jinja() {
    return object().put("type", "string").put("pattern", JINJA);
  }

  private static ObjectNode nothing() {
    return object().put("type", "null");
  }

  private static ObjectNode list(String definition) {
    ObjectNode list = object();
    list.putArray("type").add("array").add("null");
    return list.set("items", ref(definition));
  }

  private static ObjectNode oneOrList(ObjectNode item) {
    return anyOf(item, object().put("type", "array").set("items", item.deepCopy()));
  }

  private static ObjectNode choice(String key, ObjectNode then, ObjectNode otherwise) {
    return choice(
        anyOf(required(key), required("ansible.builtin." + key), required("ansible.legacy." + key)),
        then,
        otherwise);
  }

  private static ObjectNode choice(ObjectNode test, ObjectNode then, ObjectNode otherwise) {
    ObjectNode choice = object();
    choice.set("if", test);
    choice.set("then", then);
    choice.set("else", otherwise);
    return choice;
  }

  private static ObjectNode required(String key) {
    ObjectNode required = object();
    required.putArray("required").add(key);
    return required;
  }

  private static String fullName(String action) {
    return "^ansible\\.(builtin|legacy)\\." + action + "$";
  }

  private static String name(StatementKind statement) {
    return statement.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode anyOf(ObjectNode... schemas) {
    ObjectNode anyOf = object();
    ArrayNode all = anyOf.putArray("anyOf");
    for (ObjectNode schema : schemas) {
      all.add(schema);
    }
    return anyOf;
  }

  private static ObjectNode types(String... names) {
    ObjectNode types = object();
    types.set("type", array(List.of(names)));
    return types;
  }

  private static ObjectNode ref(String definition) {
    return object().put("$ref", "#/$defs/" + definition);
  }

  private static ArrayNode array(List<String> texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
