package dev.edgefleet.playbook.read;

/** Names of actions and of what is written like one. */
final class ActionName {
  private ActionName() {}

  /** {@code ansible.builtin.copy} and {@code ansible.legacy.copy} are {@code copy}. */
  static String withoutCollection(String name) {
    for (String own : new String[] {"ansible.builtin.", "ansible.legacy."}) {
      if (name.startsWith(own)) {
        return name.substring(own.length());
      }
    }
    return name;
  }

  /** Whether it names something in another of Ansible's collections. */
  static boolean isOfAnotherCollection(String name) {
    return name.matches("\\w+\\.\\w+\\.\\w+(\\.\\w+)*") && withoutCollection(name).equals(name);
  }
}
