package dev.edgefleet.transport.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.transport.Hostile;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.apache.sshd.common.SshConstants;

/** SSH servers that attack who connects to them, before any key is exchanged. */
@SuppressWarnings("ImmutableEnumChecker") // What they do holds nothing.
public enum HostileSsh implements Hostile {
  SAYS_NOTHING("did not answer as an SSH server within 2 s", Wire::await),
  DRIPS_ITS_NAME("did not answer as an SSH server within 2 s", wire -> wire.drip("S".repeat(200))),
  NAMES_ITSELF_WITHOUT_END(
      "closed the connection before it answered", wire -> wire.flood("SSH-2.0-a".repeat(900))),
  SAYS_LINES_WITHOUT_END(
      "closed the connection before it answered", wire -> wire.flood("hello\r\n".repeat(900))),
  SPEAKS_HTTP(
      "closed the connection before it answered",
      wire -> wire.flood("HTTP/1.1 400 Bad Request\r\n\r\n".repeat(900))),
  SPEAKS_VERSION_ONE(
      "closed the connection before it answered",
      wire -> {
        wire.send("SSH-1.5-old\r\n");
        wire.await();
      }),
  HANGS_UP("closed the connection before it answered", wire -> {}),
  IS_SILENT_AFTER_ITS_NAME(
      "did not finish the SSH handshake within 2 s",
      wire -> {
        wire.name();
        wire.await();
      }),
  DRIPS_A_PACKET(
      "did not finish the SSH handshake within 2 s",
      wire -> {
        wire.name();
        wire.drip("\u0000\u0000\u0004\u0004\u0004\u0014" + "x".repeat(200));
      }),
  SENDS_A_PACKET_OF_GIGABYTES(
      "SSH handshake",
      wire -> {
        wire.name();
        wire.send("\u007f\u007f\u007f\u007f");
        wire.flood("x".repeat(8192));
      }),
  SENDS_A_PACKET_OF_LESS_THAN_NOTHING(
      "SSH handshake",
      wire -> {
        wire.name();
        wire.bytes(new byte[] {-1, -1, -1, -7, 4, 20});
        wire.flood("x".repeat(8192));
      }),
  SENDS_NOISE(
      "SSH handshake",
      wire -> {
        wire.name();
        wire.flood("noise ".repeat(900));
      }),
  PROMISES_A_LIST_OF_GIGABYTES(
      "broke off the SSH handshake",
      wire -> {
        wire.name();
        wire.packet(
            out -> {
              out.write(SshConstants.SSH_MSG_KEXINIT);
              out.write(new byte[16]);
              out.writeInt(Integer.MAX_VALUE);
              out.write(new byte[64]);
            });
        wire.await();
      }),
  OFFERS_WHAT_MOVES_THE_CURSOR(
      "Refused",
      "have no key exchange in common",
      wire -> {
        wire.name();
        wire.proposal("\u001b[2J,\u202eevil,".repeat(300) + "x");
        wire.await();
      }),
  OFFERS_AGAIN_AND_AGAIN(
      "Refused",
      "have no host key type in common",
      wire -> {
        wire.name();
        while (true) {
          wire.proposal("curve25519-sha256");
        }
      }),
  IS_IGNORED_FOR_EVER(
      "SSH handshake",
      wire -> {
        wire.name();
        while (true) {
          wire.packet(
              out -> {
                out.write(SshConstants.SSH_MSG_IGNORE);
                out.writeInt(30_000);
                out.write(new byte[30_000]);
              });
        }
      }),
  SENDS_WHAT_NOBODY_KNOWS_AND_READS_NO_ANSWER(
      "more than 1000 messages",
      wire -> {
        wire.name();
        while (true) {
          wire.packet(out -> out.write(200));
        }
      }),
  SAYS_FAREWELL_AT_LENGTH(
      "broke off the SSH handshake: the device said \"Good [2Jbye",
      wire -> {
        wire.name();
        wire.packet(
            out -> {
              byte[] text = ("Good \u202e\u001b[2Jbye" + " and more".repeat(2_000)).getBytes(UTF_8);
              out.write(SshConstants.SSH_MSG_DISCONNECT);
              out.writeInt(2);
              out.writeInt(text.length);
              out.write(text);
              out.writeInt(0);
            });
        wire.await();
      });

  private final String failure;
  private final String phrase;
  private final Attack attack;

  private interface Attack {
    void on(Wire wire) throws IOException, InterruptedException;
  }

  HostileSsh(String phrase, Attack attack) {
    this(Unreachable.class.getSimpleName(), phrase, attack);
  }

  HostileSsh(String failure, String phrase, Attack attack) {
    this.failure = failure;
    this.phrase = phrase;
    this.attack = attack;
  }

  @Override
  public void serve(Socket socket) throws IOException, InterruptedException {
    attack.on(new Wire(socket));
  }

  @Override
  public String failure() {
    return failure;
  }

  @Override
  public String phrase() {
    return phrase;
  }

  /** One connection; what the client says stays unread. */
  private static final class Wire {
    private final OutputStream output;

    /** Writes the inside of a packet. */
    private interface Payload {
      void write(DataOutputStream out) throws IOException;
    }

    Wire(Socket socket) throws IOException {
      this.output = socket.getOutputStream();
    }

    void await() throws InterruptedException {
      Thread.sleep(Duration.ofMinutes(5));
    }

    void bytes(byte[] bytes) throws IOException {
      output.write(bytes);
    }

    void send(String text) throws IOException {
      bytes(text.getBytes(ISO_8859_1));
    }

    void name() throws IOException {
      send("SSH-2.0-OpenSSH_9.2p1\r\n");
    }

    void flood(String text) throws IOException {
      byte[] bytes = text.getBytes(ISO_8859_1);
      while (true) {
        output.write(bytes);
      }
    }

    void drip(String text) throws IOException, InterruptedException {
      for (byte one : text.getBytes(ISO_8859_1)) {
        output.write(one);
        Thread.sleep(100);
      }
      await();
    }

    /** A packet that is not encrypted. */
    void packet(Payload payload) throws IOException {
      ByteArrayOutputStream inside = new ByteArrayOutputStream();
      payload.write(new DataOutputStream(inside));
      int padding = 8 - (inside.size() + 5) % 8;
      padding = padding < 4 ? padding + 8 : padding;
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(whole);
      out.writeInt(1 + inside.size() + padding);
      out.write(padding);
      inside.writeTo(out);
      out.write(new byte[padding]);
      bytes(whole.toByteArray());
    }

    /** Offers these for everything. */
    void proposal(String names) throws IOException {
      byte[] list = names.getBytes(UTF_8);
      packet(
          out -> {
            out.write(SshConstants.SSH_MSG_KEXINIT);
            out.write(new byte[16]);
            for (int i = 0; i < 8; i++) {
              out.writeInt(list.length);
              out.write(list);
            }
            out.writeLong(0);
            out.writeLong(0);
            out.write(0);
            out.writeInt(0);
          });
    }
  }
}
