package dev.edgefleet.remote.sh;

import dev.edgefleet.failure.Refused;
import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.Told;

/** Says in the operator's words why sudo did not run the script. */
final class SudoRefusal {
  private SudoRefusal() {}

  /**
   * @param become what was asked of sudo
   * @param said sudo's standard error; without the password, which sudo never prints
   */
  static Refused of(Become become, String said) {
    if (said.contains("incorrect password attempt")) {
      return wrongPassword(become);
    }
    if (said.contains("a password is required") || said.contains("no password was provided")) {
      return new Refused(
          "sudo wants a password to become " + become.user() + ", and none was given",
          "give it with -K or ansible_become_password, or allow the login user NOPASSWD in sudoers");
    }
    if (said.contains("must have a tty")) {
      return new Refused(
          "sudo on the device wants a terminal (requiretty)",
          "add to sudoers: Defaults:<login user> !requiretty");
    }
    if (said.contains("not in the sudoers file")
        || said.contains("may not run sudo")
        || said.contains("is not allowed to")) {
      return new Refused(
          "the login user may not become " + become.user() + " with sudo",
          "allow it in sudoers (on Debian: the group sudo), or log in as another user");
    }
    if (said.contains("unknown user")) {
      return new Refused(
          "the device has no user \"" + become.user() + "\" to become",
          "check become_user or ansible_become_user");
    }
    if (said.contains("not found") || said.contains("No such file or directory")) {
      return new Refused(
          "the device has no sudo", "install it, or log in as root and set become: false");
    }
    return new Refused(
        "sudo did not become " + become.user() + ": " + Told.line(said),
        "run sudo by hand as the login user, and repair what it reports");
  }

  static Refused wrongPassword(Become become) {
    return new Refused(
        "the sudo password for user " + become.user() + " was not accepted",
        "check -K or ansible_become_password: it is the login user's own password, as a rule");
  }
}
