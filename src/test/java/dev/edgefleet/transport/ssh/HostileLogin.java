package dev.edgefleet.transport.ssh;

import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.transport.Hostile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.AsyncAuthException;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.session.ServerSession;

/** SSH servers that attack who logs in to them: at the login, or once it is done. */
@SuppressWarnings("ImmutableEnumChecker") // What they do holds nothing.
public enum HostileLogin implements Hostile {
  LOGIN_TAKES_FOR_EVER("did not finish the login within 6 s", attacks(session -> {})),
  LOGIN_WITH_BANNERS_WITHOUT_END(
      "more than 1000 messages",
      attacks(
          session -> {
            while (true) {
              send(
                  session,
                  SshConstants.SSH_MSG_USERAUTH_BANNER,
                  buffer -> {
                    buffer.putString("Welcome ".repeat(3000));
                    buffer.putString("");
                  });
            }
          })),
  LOGIN_ENDS_WITH_A_LONG_FAREWELL(
      "the device said \"Good [2Jbye and more",
      attacks(
          session ->
              session.disconnect(11, "Good \u202e\u001b[2Jbye" + " and more".repeat(2_000)))),
  LOGIN_ALLOWS_WHAT_MOVES_THE_CURSOR(
      "Refused",
      "the device allows [2J, evil, [2J",
      attacks(
          session ->
              send(
                  session,
                  SshConstants.SSH_MSG_USERAUTH_FAILURE,
                  buffer -> {
                    buffer.putString("\u001b[2J,\u202eevil,".repeat(1000) + "none");
                    buffer.putBoolean(false);
                  }))),
  LOGIN_MAKES_NO_SENSE(
      "the login",
      attacks(session -> send(session, SshConstants.SSH_MSG_USERAUTH_FAILURE, buffer -> {}))),
  LOGIN_ASKS_WITHOUT_END(
      "more than 1000 messages",
      asks(
          session -> {
            while (true) {
              question(session, 0);
            }
          })),
  LOGIN_ASKS_TWO_BILLION_QUESTIONS(
      "Refused", "did not let user edge in", asks(session -> question(session, Integer.MAX_VALUE))),
  OPENS_NO_CHANNEL(
      "opened no channel for a command within 2 s",
      (server, wire) -> server.setChannelFactories(List.of(new NoChannel()))),
  ASKS_FOR_ANSWERS_AND_TAKES_NONE(
      "faster than it takes them",
      (server, wire) ->
          server.addSessionListener(
              new SessionListener() {
                @Override
                public void sessionEvent(Session session, Event event) {
                  if (event == Event.Authenticated) {
                    wire.deaf = true;
                    begin(session, HostileLogin::askForAnswers);
                  }
                }
              })),
  RUNS_NOTHING("InDoubt", "runs no commands", (server, wire) -> server.setCommandFactory(null)),
  OUTPUT_WITHOUT_END(
      "InDoubt",
      "did not end within 2 s",
      (server, wire) ->
          server.setCommandFactory(
              (channel, line) -> new InnerSshServer.Program(HostileLogin::printZeros))),
  GRANTS_GIGABYTES_AND_TAKES_NONE(
      "InDoubt",
      "did not end within 2 s",
      (server, wire) -> {
        CoreModuleProperties.WINDOW_SIZE.set(server, (long) Integer.MAX_VALUE);
        server.setCommandFactory(
            (channel, line) -> {
              wire.deaf = true;
              return new InnerSshServer.Program(HostileLogin::doNothing);
            });
      }),
  TAKES_NO_INPUT(
      "InDoubt",
      "did not end within 2 s",
      (server, wire) ->
          server.setCommandFactory(
              (channel, line) -> new InnerSshServer.Program(HostileLogin::doNothing)));

  private final String failure;
  private final String phrase;
  private final Setup setup;

  private interface Setup {
    void of(SshServer server, Wire wire);
  }

  private interface Attack {
    void on(Session session) throws IOException;
  }

  HostileLogin(String phrase, Setup setup) {
    this(Unreachable.class.getSimpleName(), phrase, setup);
  }

  HostileLogin(String failure, String phrase, Setup setup) {
    this.failure = failure;
    this.phrase = phrase;
    this.setup = setup;
  }

  // When the password has come.
  private static Setup attacks(Attack attack) {
    return (server, wire) -> {
      server.setUserAuthFactories(List.of(UserAuthPasswordFactory.INSTANCE));
      server.setPasswordAuthenticator(
          (user, password, session) -> {
            begin(session, attack);
            throw new AsyncAuthException();
          });
    };
  }

  // When a question may be asked.
  private static Setup asks(Attack attack) {
    return (server, wire) -> {
      server.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));
      server.setKeyboardInteractiveAuthenticator(
          new KeyboardInteractiveAuthenticator() {
            @Override
            public InteractiveChallenge generateChallenge(
                ServerSession session, String user, String lang, String methods) {
              wire.deaf = true;
              begin(session, attack);
              InteractiveChallenge challenge = new InteractiveChallenge();
              challenge.setInteractionName("");
              challenge.setInteractionInstruction("");
              challenge.setLanguageTag("");
              return challenge;
            }

            @Override
            public boolean authenticate(ServerSession session, String user, List<String> answers) {
              return false;
            }
          });
    };
  }

  private static void begin(Session session, Attack attack) {
    Thread.startVirtualThread(
        () -> {
          try {
            attack.on(session);
          } catch (IOException givenUp) {
            // As it should be.
          }
        });
  }

  // Waits until it is sent: the attack is on the client's memory.
  private static void send(Session session, byte message, Consumer<Buffer> content)
      throws IOException {
    Buffer buffer = session.createBuffer(message);
    content.accept(buffer);
    session.writePacket(buffer).verify(Duration.ofMinutes(5));
  }

  private static void question(Session session, int prompts) throws IOException {
    send(
        session,
        SshConstants.SSH_MSG_USERAUTH_INFO_REQUEST,
        buffer -> {
          buffer.putString("");
          buffer.putString("");
          buffer.putString("");
          buffer.putInt(prompts);
        });
  }

  // The answer tells the type again, so that the buffers on the way are full soon.
  private static void askForAnswers(Session session) throws IOException {
    while (true) {
      send(
          session,
          SshConstants.SSH_MSG_CHANNEL_OPEN,
          buffer -> {
            buffer.putString("channel".repeat(1000));
            buffer.putUInt(1);
            buffer.putUInt(32_768);
            buffer.putUInt(32_768);
          });
    }
  }

  private static void printZeros(InputStream in, OutputStream out, OutputStream errors)
      throws IOException {
    byte[] bytes = new byte[8192];
    while (true) {
      out.write(bytes);
    }
  }

  private static void doNothing(InputStream in, OutputStream out, OutputStream errors)
      throws InterruptedException {
    Thread.sleep(Duration.ofMinutes(5));
  }

  @Override
  public void serve(Socket socket) throws IOException, InterruptedException {
    Wire wire = new Wire();
    InnerSshServer.serve(socket, server -> setup.of(server, wire), () -> wire.deaf);
  }

  @Override
  public String failure() {
    return failure;
  }

  @Override
  public String phrase() {
    return phrase;
  }

  @Override
  public Duration connectLimit() {
    return name().startsWith("LOGIN") ? limit() : LONG;
  }

  /** Between the client and the server, which may stop to listen. */
  private static final class Wire {
    private volatile boolean deaf;
  }

  /** Takes a request for a channel, and never answers it. */
  private static final class NoChannel extends ChannelSessionFactory {
    @Override
    public Channel createChannel(Session session) {
      return new ChannelSession() {
        @Override
        public OpenFuture open(long recipient, long window, long packet, Buffer buffer) {
          return new DefaultOpenFuture(this, this);
        }
      };
    }
  }
}
