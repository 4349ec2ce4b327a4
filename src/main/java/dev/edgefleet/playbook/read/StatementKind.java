package dev.edgefleet.playbook.read;

/** What a mapping in a playbook can be; each has its own words. */
public enum StatementKind {
  PLAY("a play"),
  IMPORT_PLAYBOOK("an import_playbook"),
  BLOCK("a block"),
  TASK("a task"),
  HANDLER("a handler"),
  IMPORT_TASKS("an import_tasks"),
  META("a meta task"),
  LOOP_CONTROL("loop_control"),
  ROLLOUT("rollout"),
  WAVE("a wave"),
  GATE("a gate"),
  PROMPT("a prompt");

  private final String title;

  StatementKind(String title) {
    this.title = title;
  }

  /** As in "unknown word in <em>a task</em>". */
  public String title() {
    return title;
  }
}
