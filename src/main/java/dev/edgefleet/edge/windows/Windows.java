package dev.edgefleet.edge.windows;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.failure.BadInput;

/** What is for Windows devices only. */
public final class Windows {
  private Windows() {}

  public static void require(Action<?> action, ActionContext context) {
    if (!context.onWindows()) {
      throw new BadInput(
          action.name() + " is for Windows devices",
          "give the task: when: ansible_facts.os_family == 'Windows', or the play another group");
    }
  }
}
