package dev.edgefleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between edgefleet and one sshd and spoils the first connection once it has come to a
 * phase; those after it are left alone. It counts packets and looks for files that the device
 * makes, so it strikes at the same place each time.
 */
final class FaultyLink implements AutoCloseable {
  static final Duration DELAY = Duration.ofMillis(200);

  /** No answer before this is longer: a command's output is meant. */
  private static final int HALF_THE_ANSWER = 200_000;

  private static final int KEX_REPLY = 31;

  /**
   * Which of the client's encrypted packets is the login: after the wish to log in, the question
   * what is allowed, and the question whether the key is.
   */
  private static final int SIGNED = 4;

  /** The command line that starts the worker: the request for its channel was the one before. */
  private static final int STARTED = SIGNED + 2;

  /** Only what comes in several packets: first the worker's program, then the content of a file. */
  private static final int LARGEST = 25_000;

  private final ServerSocket listening;
  private final int server;
  private final Phase phase;
  private final Fault fault;
  private final Path device;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Instant struck;

  private FaultyLink(ServerSocket listening, int server, Phase phase, Fault fault, Path device) {
    this.listening = listening;
    this.server = server;
    this.phase = phase;
    this.fault = fault;
    this.device = device;
  }

  /**
   * @param server its port
   * @param device the device's directory, where {@code work-runs}, {@code job-runs} and {@code
   *     state/lock} tell how far it is
   */
  static FaultyLink to(int server, Phase phase, Fault fault, Path device) {
    try {
      // No other test has ever looked for a server of its own there, so the first is edgefleet.
      ServerSocket socket = new ServerSocket(Ports.take(), 50, InetAddress.getLoopbackAddress());
      FaultyLink link = new FaultyLink(socket, server, phase, fault, device);
      Thread.ofPlatform().daemon().start(link::accept);
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  /** When the phase was reached; empty when it was not. */
  Optional<Instant> struck() {
    return Optional.ofNullable(struck);
  }

  private void accept() {
    boolean first = true;
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        sockets.add(client);
        Socket far = new Socket(InetAddress.getLoopbackAddress(), server);
        sockets.add(far);
        Conversation conversation = new Conversation(client, far, first);
        first = false;
        conversation.begin();
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** One connection. */
  private final class Conversation {
    private final Socket client;
    private final Socket far;
    private final boolean faulty;
    private volatile boolean spoilt;
    // Each is counted by the one thread that carries its packets.
    private int fromServer;
    private int encryptedFromClient;
    private int largest;

    Conversation(Socket client, Socket far, boolean faulty) {
      this.client = client;
      this.far = far;
      this.faulty = faulty;
    }

    void begin() throws IOException {
      if (faulty) {
        switch (phase) {
          case ACCEPT -> strike();
          case RUNNING -> strikeOnce(() -> Files.exists(device.resolve("work-runs")));
          case JOB -> strikeOnce(() -> Files.exists(device.resolve("job-runs")));
          case FAREWELL ->
              strikeOnce(
                  () ->
                      Files.exists(device.resolve("job-runs"))
                          && Files.notExists(device.resolve("state/lock")));
          case VERSION, KEYS, LOGIN, CHANNEL, EXEC, REQUEST, BODY, ANSWER -> {
            // Told by the packets.
          }
        }
      }
      Thread.ofPlatform().daemon().start(() -> carry(client, far, this::passedToServer));
      Thread.ofPlatform().daemon().start(() -> carry(far, client, this::passedToClient));
    }

    private void strikeOnce(BooleanSupplier reached) {
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                try {
                  while (!reached.getAsBoolean()) {
                    TimeUnit.MILLISECONDS.sleep(10);
                  }
                  strike();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }

    private void strike() throws IOException {
      spoilt = true;
      struck = Instant.now();
      switch (fault) {
        case STALL, DELAY -> {
          // Who carries the packets does it.
        }
        case RESET -> {
          for (Socket socket : new Socket[] {client, far}) {
            socket.setSoLinger(true, 0);
            socket.close();
          }
        }
        case TRUNCATE -> {
          client.shutdownOutput();
          far.shutdownOutput();
        }
      }
    }

    private interface Passing {
      /** How much of a packet passes before the link is struck; all of it when it is not. */
      int of(Packets.Packet packet);
    }

    private void carry(Socket from, Socket to, Passing passing) {
      try {
        Packets packets = new Packets(from.getInputStream());
        for (Optional<Packets.Packet> packet = packets.next();
            packet.isPresent();
            packet = packets.next()) {
          byte[] bytes = packet.get().bytes();
          int passes = faulty && !spoilt ? passing.of(packet.get()) : bytes.length;
          if (passes < bytes.length) {
            to.getOutputStream().write(bytes, 0, passes);
            strike();
          } else {
            passes = 0;
          }
          if (spoilt) {
            switch (fault) {
              // It reads no more either, as a dead link takes no more.
              case STALL, RESET -> {
                return;
              }
              case TRUNCATE -> {
                continue;
              }
              case DELAY -> TimeUnit.NANOSECONDS.sleep(DELAY.toNanos());
            }
          }
          to.getOutputStream().write(bytes, passes, bytes.length - passes);
        }
        to.close();
      } catch (IOException cut) {
        close(from);
        close(to);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private int passedToServer(Packets.Packet packet) {
      int length = packet.bytes().length;
      if (packet.kind() == Packets.Kind.ENCRYPTED) {
        encryptedFromClient++;
        largest += length > LARGEST ? 1 : 0;
      }
      boolean here =
          switch (phase) {
            case LOGIN -> encryptedFromClient == SIGNED;
            case CHANNEL -> encryptedFromClient == SIGNED + 1;
            case EXEC -> encryptedFromClient == STARTED;
            case REQUEST -> largest == 2;
            case BODY -> largest == 3;
            case ACCEPT, VERSION, KEYS, RUNNING, ANSWER, JOB, FAREWELL -> false;
          };
      return here ? length / 2 : length;
    }

    private int passedToClient(Packets.Packet packet) {
      int length = packet.bytes().length;
      fromServer += length;
      boolean here =
          switch (phase) {
            case VERSION -> packet.kind() == Packets.Kind.VERSION;
            case KEYS -> packet.type() == KEX_REPLY;
            case ANSWER -> fromServer > HALF_THE_ANSWER;
            case ACCEPT, LOGIN, CHANNEL, EXEC, REQUEST, BODY, RUNNING, JOB, FAREWELL -> false;
          };
      return here ? length / 2 : length;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends what still hangs, as the operating system of a device does after some hours. */
  void letGo() {
    sockets.forEach(FaultyLink::close);
  }

  @Override
  public void close() {
    letGo();
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
