package dev.edgefleet.playbook;

/** What a device that cannot be reached counts as in a rollout's budgets. */
public enum UnreachableWord {
  FAILED,
  IGNORED
}
