package dev.edgefleet.run;

import dev.edgefleet.connect.LoginDefaults;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.transport.ssh.SshSettings;
import java.nio.file.Path;
import java.util.Optional;

/** How devices are reached where the inventory does not say. */
public interface ConnectionSettings {
  /** The private key for devices that have none of their own. */
  Optional<Path> privateKey();

  /**
   * How to log in; may ask at the terminal.
   *
   * @param redactor learns what was typed
   */
  LoginDefaults login(Redactor redactor);

  /**
   * What all SSH connections share.
   *
   * @param redactor learns passphrases once they are asked for
   */
  SshSettings ssh(Redactor redactor);
}
