package dev.edgefleet.connect;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.BecomeFlags;
import dev.edgefleet.remote.BecomeMethod;
import dev.edgefleet.secret.Secret;
import java.util.List;
import java.util.Optional;

/** Reads from a device's variables whom tasks run as, and by which program. */
record BecomeVariables(DeviceValues values, LoginDefaults login) {
  /** What one method's own variables are called. */
  private record Names(
      ConnectionVariable user,
      ConnectionVariable password,
      ConnectionVariable exe,
      ConnectionVariable flags) {
    static Names of(BecomeMethod method) {
      return switch (method) {
        case SUDO ->
            new Names(
                KnownVariables.SUDO_USER,
                KnownVariables.SUDO_PASSWORD,
                KnownVariables.SUDO_EXE,
                KnownVariables.SUDO_FLAGS);
        case SU ->
            new Names(
                KnownVariables.SU_USER,
                KnownVariables.SU_PASSWORD,
                KnownVariables.SU_EXE,
                KnownVariables.SU_FLAGS);
        case DOAS ->
            new Names(
                KnownVariables.DOAS_USER,
                KnownVariables.DOAS_PASSWORD,
                KnownVariables.DOAS_EXE,
                KnownVariables.DOAS_FLAGS);
      };
    }
  }

  /** Whether tasks become another user; empty when the variables do not say. */
  Optional<Boolean> wanted() {
    return values.truth(KnownVariables.BECOME);
  }

  /**
   * @param words what the playbook says; the variables win over it, as in Ansible
   * @throws BadInput when it cannot be done
   */
  Become become(BecomeWords words) {
    BecomeMethod method = method(words);
    Names own = Names.of(method);
    Optional<Secret> password = password(own);
    if (method == BecomeMethod.DOAS && password.isPresent()) {
      throw new BadInput(
          "doas takes a password at a terminal only, and edgefleet opens none",
          "let it ask for none, in doas.conf: permit nopass <login user> as root; and remove the"
              + " become password");
    }
    return new Become(
        either(own.user(), KnownVariables.BECOME_USER).or(words::user).orElse("root"),
        password.or(() -> method == BecomeMethod.DOAS ? Optional.empty() : login.becomePassword()),
        method,
        program(own, words).orElse(List.of(method.word())),
        flags(method, own, words));
  }

  private Optional<Secret> password(Names own) {
    return values.secret(own.password()).or(() -> values.secret(KnownVariables.BECOME_PASSWORD));
  }

  private BecomeMethod method(BecomeWords words) {
    // What is right for Windows (runas) need not be known: nobody becomes anybody there.
    Optional<String> word =
        TargetVariables.kind(values).equals("winrm")
            ? Optional.empty()
            : values.text(KnownVariables.BECOME_METHOD).or(words::method);
    return word.map(
            w ->
                BecomeMethod.of(w)
                    .orElseThrow(
                        () ->
                            new BadInput(
                                KnownVariables.BECOME_METHOD.name()
                                    + " is '"
                                    + w
                                    + "', which edgefleet does not know",
                                Nearest.remedy(w, BecomeMethod.words()))))
        .orElse(BecomeMethod.SUDO);
  }

  private Optional<List<String>> program(Names own, BecomeWords words) {
    return either(own.exe(), KnownVariables.BECOME_EXE)
        .or(words::exe)
        .map(Become::programWords)
        .filter(split -> !split.isEmpty());
  }

  private Optional<BecomeFlags> flags(BecomeMethod method, Names own, BecomeWords words) {
    return either(own.flags(), KnownVariables.BECOME_FLAGS)
        .or(words::flags)
        .map(text -> BecomeFlags.parse(method, KnownVariables.BECOME_FLAGS.name(), text));
  }

  private Optional<String> either(ConnectionVariable own, ConnectionVariable general) {
    return values.text(own).or(() -> values.text(general));
  }
}
