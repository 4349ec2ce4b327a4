package dev.edgefleet.remote.sh;

import dev.edgefleet.failure.Refused;
import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.BecomeMethod;
import dev.edgefleet.remote.Told;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Says in the operator's words why sudo, su or doas did not run the script. */
final class BecomeRefusal {
  private BecomeRefusal() {}

  /**
   * @param become what was asked for
   * @param said the program's standard error; without the password, which none of them prints
   */
  static Refused of(Become become, String said) {
    if (says(said, "unknown user", "does not exist or the user entry", "no passwd entry for")) {
      return new Refused(
          "the device has no user \"" + become.user() + "\" to become",
          "check become_user or ansible_become_user");
    }
    Refused known =
        switch (become.method()) {
          case SUDO -> sudo(become, said);
          case SU -> su(become, said);
          case DOAS -> doas(become, said);
        };
    if (known != null) {
      return known;
    }
    String method = become.method().word();
    if (says(said, "not found", "No such file or directory", "Unknown command")) {
      return new Refused(
          "the device has no " + String.join(" ", become.program()),
          "install it, or log in as root and set become: false"
              + (become.method() == BecomeMethod.SUDO
                  ? "; ansible_become_method may be su or doas, too"
                  : ""));
    }
    return new Refused(
        method + " did not become " + become.user() + ": " + Told.line(said),
        "run " + method + " by hand as the login user, and repair what it reports");
  }

  private static @Nullable Refused sudo(Become become, String said) {
    if (says(said, "incorrect password attempt")) {
      return wrongPassword(become);
    }
    if (says(said, "a password is required", "no password was provided")) {
      return noPassword(become);
    }
    if (says(said, "must have a tty", "a terminal is required")) {
      return new Refused(
          "sudo on the device wants a terminal (requiretty)",
          "add to sudoers: Defaults:<login user> !requiretty");
    }
    if (says(said, "not in the sudoers file", "may not run sudo", "is not allowed to")) {
      return new Refused(
          "the login user may not become " + become.user() + " with sudo",
          "allow it in sudoers (on Debian: the group sudo), or log in as another user");
    }
    return null;
  }

  private static @Nullable Refused su(Become become, String said) {
    if (says(said, "Authentication failure", "incorrect password", "Authentication token")) {
      return become.password().isPresent() ? wrongPassword(become) : noPassword(become);
    }
    if (says(said, "Permission denied")) {
      return new Refused(
          "the login user may not become " + become.user() + " with su",
          "allow it (on some systems su is for the group wheel only), or set ansible_become_method:"
              + " sudo");
    }
    if (says(said, "account is currently not available")) {
      return new Refused(
          "the user \"" + become.user() + "\" may not log in: its shell is nologin",
          "become another user, or set ansible_become_method: sudo, which needs no login shell");
    }
    return null;
  }

  private static @Nullable Refused doas(Become become, String said) {
    if (says(said, "Authorization required", "Authorization failed", "Authentication", "tty")) {
      return noPassword(become);
    }
    if (says(said, "Operation not permitted")) {
      return new Refused(
          "the login user may not become " + become.user() + " with doas",
          "allow it in doas.conf: permit nopass <login user> as " + become.user());
    }
    if (says(said, "doas is not enabled")) {
      return new Refused(
          "doas on the device has no doas.conf",
          "write it: permit nopass <login user> as " + become.user());
    }
    return null;
  }

  static Refused noPassword(Become become) {
    return switch (become.method()) {
      case SUDO ->
          new Refused(
              "sudo wants a password to become " + become.user() + ", and none was given",
              "give it with -K or ansible_become_password, or allow the login user NOPASSWD in"
                  + " sudoers");
      case SU ->
          new Refused(
              "su wants a password to become " + become.user() + ", and none was given",
              "give that of " + become.user() + " with -K or ansible_become_password");
      case DOAS ->
          new Refused(
              "doas wants a password to become "
                  + become.user()
                  + ", which it takes at a terminal only",
              "let it ask for none, in doas.conf: permit nopass <login user> as " + become.user());
    };
  }

  static Refused wrongPassword(Become become) {
    return new Refused(
        "the "
            + become.method().word()
            + " password for user "
            + become.user()
            + " was not accepted",
        "check -K or ansible_become_password: it is "
            + (become.method() == BecomeMethod.SU
                ? "that of " + become.user() + ", not the login user's"
                : "the login user's own password, as a rule"));
  }

  private static boolean says(String said, String... any) {
    return Arrays.stream(any).anyMatch(said::contains);
  }
}
