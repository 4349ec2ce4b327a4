package dev.edgefleet.connect;

import java.util.List;

/**
 * One thing that an inventory may say of a device's connection, under all the names that Ansible
 * has for it.
 *
 * @param names in Ansible's order: of those that are set the last one counts
 * @param handling what edgefleet makes of it
 * @param meaning what it says; of one that is not honoured why, and what to write instead
 */
public record ConnectionVariable(List<String> names, Handling handling, String meaning) {
  /** What becomes of a variable. */
  public enum Handling {
    /** It means what it means in Ansible. */
    HONOURED,
    /** Said so once for the fleet; the run goes on without it. */
    IGNORED,
    /** No run begins with it. */
    REFUSED
  }

  public ConnectionVariable {
    names = List.copyOf(names);
  }

  static ConnectionVariable honoured(String meaning, String... names) {
    return new ConnectionVariable(List.of(names), Handling.HONOURED, meaning);
  }

  static ConnectionVariable ignored(String why, String... names) {
    return new ConnectionVariable(List.of(names), Handling.IGNORED, why);
  }

  static ConnectionVariable refused(String instead, String... names) {
    return new ConnectionVariable(List.of(names), Handling.REFUSED, instead);
  }

  /** As messages name it. */
  public String name() {
    return names.getFirst();
  }
}
