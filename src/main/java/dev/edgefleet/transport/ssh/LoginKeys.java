package dev.edgefleet.transport.ssh;

import dev.edgefleet.failure.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.sshd.client.auth.pubkey.KeyAgentIdentity;
import org.apache.sshd.common.config.keys.KeyUtils;

/**
 * The keys to offer to one device, in order, each once. Named identity files come before the keys
 * that only the agent knows: a server hangs up after a few wrong keys. A file whose key the agent
 * holds is used through the agent, so its passphrase is not needed.
 *
 * @param keys what to offer
 * @param notes what was left out and why, for the message of a refused login
 */
record LoginKeys(List<LoginKey> keys, List<String> notes) {
  static LoginKeys of(SshTarget target, IdentityFiles files, Agent agent, Path home) {
    List<LoginKey> keys = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<KeyAgentIdentity> held = agent.keys();
    agent.trouble().ifPresent(notes::add);
    boolean named = !target.identityFiles().isEmpty();
    List<Path> paths = named ? target.identityFiles() : defaults(home);

    for (Path path : paths) {
      Optional<KeyAgentIdentity> inAgent =
          publicKey(files.look(path)).flatMap(key -> find(held, key));
      if (inAgent.isPresent()) {
        add(keys, new LoginKey.InAgent(inAgent.get(), path.toString()));
      } else if (named) {
        switch (files.open(path)) {
          case IdentityFile.Open open -> add(keys, new LoginKey.InFile(open.pair(), path));
          case IdentityFile.Useless useless -> throw new Refused(useless.why(), useless.remedy());
          case IdentityFile.Encrypted encrypted -> throw new IllegalStateException();
        }
      }
    }
    for (KeyAgentIdentity key : held) {
      add(keys, new LoginKey.InAgent(key, key.getComment()));
    }
    if (!named) {
      for (Path path : paths) {
        if (publicKey(files.look(path)).flatMap(key -> find(held, key)).isPresent()) {
          continue;
        }
        switch (files.open(path)) {
          case IdentityFile.Open open -> add(keys, new LoginKey.InFile(open.pair(), path));
          case IdentityFile.Useless useless -> notes.add(useless.why());
          case IdentityFile.Encrypted encrypted -> throw new IllegalStateException();
        }
      }
    }
    return new LoginKeys(List.copyOf(keys), List.copyOf(notes));
  }

  private static List<Path> defaults(Path home) {
    return Stream.of("id_ed25519", "id_ecdsa", "id_rsa")
        .map(name -> home.resolve(".ssh").resolve(name))
        .filter(Files::exists)
        .toList();
  }

  private static Optional<PublicKey> publicKey(IdentityFile file) {
    return switch (file) {
      case IdentityFile.Open open -> Optional.of(open.pair().getPublic());
      case IdentityFile.Encrypted encrypted -> encrypted.publicKey();
      case IdentityFile.Useless useless -> Optional.empty();
    };
  }

  private static Optional<KeyAgentIdentity> find(List<KeyAgentIdentity> held, PublicKey key) {
    return held.stream()
        .filter(one -> KeyUtils.compareKeys(one.getKeyIdentity().getPublic(), key))
        .findFirst();
  }

  private static void add(List<LoginKey> keys, LoginKey key) {
    if (keys.stream().noneMatch(one -> KeyUtils.compareKeys(one.publicKey(), key.publicKey()))) {
      keys.add(key);
    }
  }
}
