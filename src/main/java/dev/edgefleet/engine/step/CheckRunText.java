package dev.edgefleet.engine.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a check run says: that something would be done, where a real run says that it was. */
final class CheckRunText {
  private static final String WOULD = "would ";
  private static final String BETWEEN = ", ";

  /** What actions say they did, and what they would do. */
  private static final Map<String, String> VERBS = new HashMap<>();

  static {
    for (String verb :
        List.of(
            "touch",
            "fetch",
            "link",
            "restart",
            "start",
            "reload",
            "install",
            "uninstall",
            "provision",
            "reboot",
            "add")) {
      VERBS.put(verb + "ed", verb);
    }
    for (String verb :
        List.of(
            "create", "remove", "enable", "disable", "replace", "change", "move", "delete",
            "append", "insert", "update")) {
      VERBS.put(verb.endsWith("e") ? verb + "d" : verb + "ed", verb);
    }
    VERBS.putAll(
        Map.of(
            "made", "make", "set", "set", "wrote", "write", "kept", "keep", "ran", "run", "copied",
            "copy", "stopped", "stop", "put", "put"));
  }

  private CheckRunText() {}

  /**
   * @param message what an action says it changed, in clauses that each begin with a verb
   */
  static String of(String message) {
    if (message.isEmpty() || message.startsWith(WOULD)) {
      return message;
    }
    List<String> clauses = new ArrayList<>();
    for (String clause : message.split(BETWEEN, -1)) {
      String verb = firstWord(clause);
      String would = VERBS.get(verb);
      clauses.add(would != null ? would + clause.substring(verb.length()) : withoutWould(clause));
    }
    return knows(firstWord(message))
        ? WOULD + String.join(BETWEEN, clauses)
        : "would change: " + message;
  }

  // Of several clauses one says it for all.
  private static String withoutWould(String clause) {
    return clause.startsWith(WOULD) ? clause.substring(WOULD.length()) : clause;
  }

  static boolean knows(String verb) {
    return VERBS.containsKey(verb);
  }

  private static String firstWord(String text) {
    int end = text.indexOf(' ');
    return end < 0 ? text : text.substring(0, end);
  }
}
