package dev.edgefleet.transport.ssh.login;

import dev.edgefleet.failure.Refused;
import dev.edgefleet.transport.ssh.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/**
 * The keys to offer to one server, in order, each once. Named identity files come before the keys
 * that only the agent knows: a server hangs up after a few wrong keys. A file whose key the agent
 * holds is used through the agent, so its passphrase is not needed. A key's certificate comes
 * before the key itself.
 *
 * @param keys what to offer
 * @param notes what was left out and why, for the message of a refused login
 * @param locked files that would have been offered, had there been their passphrase
 */
public record LoginKeys(List<LoginKey> keys, List<String> notes, List<Path> locked) {
  public LoginKeys {
    keys = List.copyOf(keys);
    notes = List.copyOf(notes);
    locked = List.copyOf(locked);
  }

  /** What all logins of a run share. */
  public record Sources(IdentityFiles files, Certificates certificates, Path home) {
    private List<Path> defaults() {
      return Stream.of("id_ed25519", "id_ecdsa", "id_rsa")
          .map(name -> home.resolve(".ssh").resolve(name))
          .filter(Files::exists)
          .toList();
    }
  }

  /**
   * Collects them.
   *
   * @throws Refused when a required file cannot be used
   */
  public static LoginKeys of(Endpoint.Identity identity, Agent agent, Sources sources) {
    Collector found = new Collector(identity, agent, sources);
    identity.required().forEach(path -> found.file(path, true));
    if (identity.defaults()) {
      // As OpenSSH: the agent's keys may need no file that has to be decrypted.
      List<Path> defaults = sources.defaults();
      defaults.stream().filter(found::isHeld).forEach(path -> found.file(path, false));
      found.restOfAgent();
      defaults.forEach(path -> found.file(path, false));
    } else {
      identity.configured().forEach(path -> found.file(path, false));
      found.restOfAgent();
    }
    return new LoginKeys(found.keys, found.notes, found.locked);
  }

  private static final class Collector {
    private final List<LoginKey> keys = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Path> locked = new ArrayList<>();
    private final Endpoint.Identity identity;
    private final Sources sources;
    private final List<AgentKey> held;

    Collector(Endpoint.Identity identity, Agent agent, Sources sources) {
      this.identity = identity;
      this.sources = sources;
      this.held = agent.keys();
      agent.trouble().ifPresent(notes::add);
    }

    boolean isHeld(Path path) {
      return publicKey(sources.files().look(path)).flatMap(this::held).isPresent();
    }

    private Optional<AgentKey> held(PublicKey key) {
      return held.stream().filter(one -> KeyUtils.compareKeys(one.held(), key)).findFirst();
    }

    void file(Path path, boolean required) {
      Optional<AgentKey> inAgent = publicKey(sources.files().look(path)).flatMap(this::held);
      if (inAgent.isPresent()) {
        AgentKey key = inAgent.get();
        for (Named one : certificates(path, key.held())) {
          add(
              new LoginKey.InAgent(
                  new AgentKey(key.agent(), key.held(), one.certificate(), key.comment()),
                  one.name()));
        }
        add(new LoginKey.InAgent(key, path.toString()));
        return;
      }
      switch (sources.files().open(path)) {
        case IdentityFile.Open open -> {
          PublicKey plain = open.pair().getPublic();
          for (Named one : certificates(path, plain)) {
            KeyPair pair = new KeyPair(one.certificate(), open.pair().getPrivate());
            add(new LoginKey.InFile(pair, one.name()));
          }
          add(new LoginKey.InFile(open.pair(), path.toString()));
        }
        case IdentityFile.Useless useless -> {
          if (required) {
            throw new Refused(useless.why(), useless.remedy());
          }
          note(useless.why());
          if (sources.files().look(path) instanceof IdentityFile.Encrypted) {
            locked.add(path);
          }
        }
        case IdentityFile.PublicOnly only -> {
          if (required) {
            throw new Refused(only.why(), only.remedy());
          }
          note(only.why());
        }
        case IdentityFile.Encrypted encrypted -> throw new IllegalStateException();
      }
    }

    private record Named(OpenSshCertificate certificate, String name) {}

    private List<Named> certificates(Path key, PublicKey plain) {
      List<Named> result = new ArrayList<>();
      Stream.concat(identity.certificates().stream(), Stream.of(Certificates.beside(key)))
          .distinct()
          .forEach(
              file ->
                  sources
                      .certificates()
                      .in(file)
                      .filter(one -> KeyUtils.compareKeys(one.getCertPubKey(), plain))
                      .filter(one -> isUsable(one, file.toString()))
                      .ifPresent(
                          one ->
                              result.add(
                                  new Named(one, file + " (" + Certificates.describe(one) + ")"))));
      return result;
    }

    private boolean isUsable(OpenSshCertificate certificate, String name) {
      Optional<String> fault = Certificates.fault(certificate, Instant.now());
      fault.ifPresent(why -> note("the certificate " + name + " " + why));
      return fault.isEmpty();
    }

    void restOfAgent() {
      if (identity.only()) {
        return;
      }
      for (AgentKey key : held) {
        if (key.held() instanceof OpenSshCertificate certificate) {
          String name = key.comment() + " (" + Certificates.describe(certificate) + ")";
          if (isUsable(certificate, name + " in ssh-agent")) {
            add(new LoginKey.InAgent(key, name));
          }
        } else {
          add(new LoginKey.InAgent(key, key.comment()));
        }
      }
    }

    private void note(String text) {
      if (!notes.contains(text)) {
        notes.add(text);
      }
    }

    private void add(LoginKey key) {
      if (keys.stream().noneMatch(one -> KeyUtils.compareKeys(one.publicKey(), key.publicKey()))) {
        keys.add(key);
      }
    }
  }

  private static Optional<PublicKey> publicKey(IdentityFile file) {
    return switch (file) {
      case IdentityFile.Open open -> Optional.of(open.pair().getPublic());
      case IdentityFile.Encrypted encrypted -> encrypted.publicKey();
      case IdentityFile.PublicOnly only -> Optional.of(only.publicKey());
      case IdentityFile.Useless useless -> Optional.empty();
    };
  }
}
