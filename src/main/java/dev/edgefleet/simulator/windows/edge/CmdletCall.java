package dev.edgefleet.simulator.windows.edge;

import dev.edgefleet.simulator.windows.JsonTable;
import dev.edgefleet.simulator.windows.OperationFailed;
import dev.edgefleet.simulator.windows.operation.WireRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cmdlet with its table of parameters.
 *
 * @param load where the script or module comes from, or empty
 * @param values by parameter, whatever its case; a switch is {@code true} or {@code false}
 * @param line as somebody would type it, secrets as {@code ***}
 */
public record CmdletCall(String name, String load, Map<String, String> values, String line) {
  public static CmdletCall of(WireRequest request) {
    String name = request.value("cmdlet");
    if (!name.matches("[A-Za-z][A-Za-z0-9]*-[A-Za-z][A-Za-z0-9]*")) {
      throw new OperationFailed("protocol", "cmdlet " + name);
    }
    Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    List<String> line = new ArrayList<>(List.of(name));
    for (int i = 1; request.given("name" + i); i++) {
      String parameter = request.value("name" + i);
      if (!parameter.matches("[A-Za-z][A-Za-z0-9]*")) {
        throw new OperationFailed("protocol", "parameter " + parameter);
      }
      String value = request.value("value" + i, "");
      switch (request.value("kind" + i)) {
        case "switch" -> {
          boolean on = !value.equals("false");
          line.add("-" + parameter + (on ? "" : ":$false"));
          value = Boolean.toString(on);
        }
        case "text" -> {
          line.add("-" + parameter);
          line.add(word(value));
        }
        case "number" -> {
          if (!value.matches("-?[0-9]{1,18}")) {
            throw new OperationFailed("protocol", "number " + value);
          }
          line.add("-" + parameter);
          line.add(value);
        }
        case "secret", "secure" -> {
          line.add("-" + parameter);
          line.add("***");
        }
        case "table" -> {
          line.add("-" + parameter);
          line.add(JsonTable.line(value));
        }
        case String kind -> throw new OperationFailed("protocol", "kind " + kind);
      }
      values.put(parameter, value);
    }
    return new CmdletCall(name, request.value("load", ""), values, String.join(" ", line));
  }

  public static String word(String text) {
    return text.matches("[A-Za-z0-9_:/\\\\.][A-Za-z0-9_:/\\\\.+=-]*")
        ? text
        : "'" + text.replace("'", "''") + "'";
  }

  boolean is(String parameter) {
    return values.getOrDefault(parameter, "false").equals("true");
  }

  Optional<String> value(String parameter) {
    return Optional.ofNullable(values.get(parameter));
  }

  String text(String parameter) {
    return values.getOrDefault(parameter, "");
  }
}
