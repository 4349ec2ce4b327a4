package dev.edgefleet.transport.ssh.login;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.ssh.HandshakeTrace;
import dev.edgefleet.transport.ssh.SshErrors;
import dev.edgefleet.transport.ssh.hostkey.HostKey;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.session.ClientSession;

/** From a connection to a login. */
public final class Handshake {
  private Handshake() {}

  /**
   * Waits until the server's key is checked and the user is let in. A session that fails is closed.
   *
   * @throws Failure that says why not
   */
  public static void perform(ClientSession session, HandshakeTrace link, Deadline deadline)
      throws InterruptedException {
    try {
      awaitKeys(link, deadline);
      HostKey accepted = link.accepted();
      if (accepted != null) {
        link.trusted().append(accepted);
      }
      logIn(session, link, deadline);
    } catch (RuntimeException | InterruptedException e) {
      session.close(true);
      throw e;
    }
  }

  private static void awaitKeys(HandshakeTrace link, Deadline deadline)
      throws InterruptedException {
    try {
      deadline.await(link.keysExchanged());
    } catch (TimeoutException e) {
      throw SshErrors.handshakeTooSlow(link);
    } catch (ExecutionException e) {
      throw SshErrors.handshakeFailed(link);
    }
  }

  private static void logIn(ClientSession session, HandshakeTrace link, Deadline deadline)
      throws InterruptedException {
    link.server().password().ifPresent(p -> session.addPasswordIdentity(p.reveal()));
    CompletableFuture<Void> loggedIn = new CompletableFuture<>();
    try {
      session
          .auth()
          .addListener(
              future -> {
                if (future.isSuccess()) {
                  loggedIn.complete(null);
                } else {
                  link.loginEnded(future.getException());
                  loggedIn.completeExceptionally(new IOException("not logged in"));
                }
              });
      deadline.await(loggedIn);
    } catch (TimeoutException e) {
      throw SshErrors.loginTooSlow(link);
    } catch (ExecutionException | IOException | IllegalStateException e) {
      throw SshErrors.loginFailed(link);
    }
  }
}
