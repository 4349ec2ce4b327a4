package dev.edgefleet.transport.ssh.login;

import dev.edgefleet.transport.ssh.SshErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an ssh-agent, listed once for the whole run. An agent that cannot be asked holds no
 * keys, as for OpenSSH; {@link #trouble()} then says why.
 */
public final class Agent {
  private record Listing(List<AgentKey> keys, Optional<String> trouble) {}

  private final Optional<Path> socket;
  private final Duration limit;
  private @Nullable Listing listing;

  public Agent(Optional<Path> socket, Duration limit) {
    this.socket = socket;
    this.limit = limit;
  }

  List<AgentKey> keys() {
    return listing().keys;
  }

  /** Why the agent could not be asked: the end of a sentence that begins with its name. */
  Optional<String> trouble() {
    return listing().trouble;
  }

  private synchronized Listing listing() {
    if (listing == null) {
      listing = socket.map(this::ask).orElse(new Listing(List.of(), Optional.empty()));
    }
    return listing;
  }

  private Listing ask(Path path) {
    AgentSocket agent = new AgentSocket(path);
    CompletableFuture<List<AgentKey>> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                answer.complete(list(agent));
              } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    try {
      List<AgentKey> keys = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return keys.isEmpty()
          // A locked agent says the same as an empty one.
          ? silent(path, "holds no keys, or is locked")
          : new Listing(keys, Optional.empty());
    } catch (TimeoutException e) {
      return silent(path, "did not answer within " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      return silent(path, "cannot be used (" + SshErrors.reason(e.getCause()) + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return silent(path, "was not asked, the run was interrupted");
    }
  }

  private static Listing silent(Path path, String why) {
    return new Listing(List.of(), Optional.of("ssh-agent at " + path + " " + why));
  }

  private static List<AgentKey> list(AgentSocket agent) throws IOException {
    List<AgentKey> keys = new ArrayList<>();
    for (Map.Entry<PublicKey, String> key : agent.getIdentities()) {
      keys.add(new AgentKey(agent, key.getKey(), key.getKey(), key.getValue()));
    }
    return keys;
  }
}
