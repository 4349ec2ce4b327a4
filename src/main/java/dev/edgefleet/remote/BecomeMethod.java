package dev.edgefleet.remote;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A program of the device that runs others as another user. */
public enum BecomeMethod {
  /** Asks for the login user's password, as a rule; told to ask on standard error. */
  SUDO("sudo"),
  /** Asks for the other user's password, unless root calls it. */
  SU("su"),
  /** Asks for a password at a terminal only. */
  DOAS("doas");

  private final String word;

  BecomeMethod(String word) {
    this.word = word;
  }

  /** As inventories and playbooks have it. */
  public String word() {
    return word;
  }

  /** Finds a method by its word, which may have the name of Ansible's collection before it. */
  public static Optional<BecomeMethod> of(String word) {
    String plain = word.replaceFirst("^(?:\\w+\\.){2}", "");
    return Arrays.stream(values()).filter(method -> method.word.equals(plain)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(BecomeMethod::word).toList();
  }
}
