package dev.edgefleet.engine.step;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.playbook.Handler;
import dev.edgefleet.playbook.Play;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The handlers of a play that are notified on one device. */
public final class Handlers {
  private final List<Handler> handlers;
  private final Templates templates;
  private final Set<String> notified = new HashSet<>();
  private final Map<String, Integer> runs = new HashMap<>();

  public Handlers(Play play, Templates templates) {
    this.handlers = play.handlers();
    this.templates = templates;
  }

  public List<Handler> inOrder() {
    return handlers;
  }

  /** From now on that handler is one to run. */
  void notified(String path) {
    notified.add(path);
  }

  /**
   * Paths of the handlers that a word means.
   *
   * @param word a handler's name or a topic
   * @throws BadInput when there is neither
   */
  List<String> named(String word, Variables variables) {
    Set<String> known = new LinkedHashSet<>();
    List<String> paths = new ArrayList<>();
    boolean named = false;
    // Of handlers of one name the last one hides the others.
    for (Handler handler : handlers.reversed()) {
      String name = name(handler, variables);
      known.add(name);
      known.addAll(handler.topics());
      boolean byName = !named && name.equals(word);
      named |= byName;
      if (byName || handler.topics().contains(word)) {
        paths.add(handler.task().path());
      }
    }
    if (paths.isEmpty()) {
      throw new BadInput(
          "it notifies '" + word + "', and no handler has that name or listens to it",
          known.isEmpty() ? "write the play's handlers" : Nearest.remedy(word, known));
    }
    return paths;
  }

  /** Whether it was notified since it ran last; from now on it no longer is. */
  public boolean takes(Handler handler) {
    return notified.remove(handler.task().path());
  }

  /** Its step's path: a handler may run after each of the play's lists. */
  public String nextPath(Handler handler) {
    String path = handler.task().path();
    int run = runs.merge(path, 1, Integer::sum);
    return run == 1 ? path : path + "." + run;
  }

  private String name(Handler handler, Variables variables) {
    String name = handler.task().name();
    try {
      return String.valueOf(templates.evaluate(name, variables));
    } catch (BadInput notForThisDevice) {
      return name;
    }
  }
}
