package dev.edgefleet.connect;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.remote.Become;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.local.LocalConnection;
import dev.edgefleet.transport.ssh.SshTransport;
import dev.edgefleet.transport.winrm.WinRmTransport;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens connections by a device's {@code ansible_…} variables. */
public final class Connector {
  private final SshTransport ssh;
  private final WinRmTransport winRm = new WinRmTransport();
  private final Templates templates;
  private final LoginDefaults login;
  private final Optional<Path> privateKey;

  public Connector(
      SshTransport ssh, Templates templates, LoginDefaults login, Optional<Path> privateKey) {
    this.ssh = ssh;
    this.templates = templates;
    this.login = login;
    this.privateKey = privateKey;
  }

  /**
   * Connects to the device that these variables describe.
   *
   * @throws BadInput when they make no sense, or say what edgefleet cannot do
   */
  public Connection connect(String device, Variables variables) {
    try {
      return switch (new TargetVariables(device, values(variables), login, privateKey).target()) {
        case ConnectionTarget.Ssh(var target) -> ssh.connect(target);
        case ConnectionTarget.WinRm(var target) -> winRm.connect(target);
        case ConnectionTarget.Local() -> new LocalConnection();
      };
    } catch (BadInput e) {
      throw of(device, e);
    }
  }

  private static BadInput of(String device, BadInput e) {
    return new BadInput(
        e.problems().stream()
            .map(
                problem ->
                    problem.place().isPresent()
                        ? problem
                        : Problem.of(device + ": " + problem.found(), problem.remedy()))
            .toList());
  }

  /** Whether the inventory has tasks become another user; empty when it does not say. */
  public Optional<Boolean> becomes(Variables variables) {
    return new BecomeVariables(values(variables), login).wanted();
  }

  /**
   * Whom tasks run as, and by which program.
   *
   * @param words what the playbook says of it
   * @throws BadInput when edgefleet cannot do that
   */
  public Become become(Variables variables, BecomeWords words) {
    return new BecomeVariables(values(variables), login).become(words);
  }

  /** Has the device's passwords masked, also where they are shown before they are used. */
  public void learnSecrets(Variables variables, Consumer<Secret> learn) {
    for (String name : KnownVariables.PASSWORDS) {
      try {
        values(variables).value(name).map(Object::toString).map(Secret::of).ifPresent(learn);
      } catch (BadInput cannotBeEvaluated) {
        // Then it cannot be shown either; whoever needs it says what is wrong with it.
      }
    }
  }

  private DeviceValues values(Variables variables) {
    return name -> templates.variable(name, variables);
  }
}
