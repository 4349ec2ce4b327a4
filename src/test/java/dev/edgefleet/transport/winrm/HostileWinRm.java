package dev.edgefleet.transport.winrm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.transport.Hostile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

/** WinRM services that attack who talks to them. Those whose name begins with TLS speak HTTPS. */
@SuppressWarnings("ImmutableEnumChecker") // What they do holds nothing.
public enum HostileWinRm implements Hostile {
  SAYS_NOTHING("did not answer within 2 s", Wire::await),
  DRIPS_THE_STATUS_LINE("within 2 s", wire -> wire.drip("HTTP/1.1 200 OK".repeat(9))),
  DRIPS_HEADERS("within 2 s", wire -> wire.drip(Wire.OK + "X: y\r\n".repeat(99))),
  DRIPS_A_BODY(
      "within 2 s",
      wire -> {
        wire.send(Wire.OK + "Content-Length: 400\r\n\r\n");
        wire.drip("<a>".repeat(99));
      }),
  DRIPS_CHUNKS(
      "within 2 s",
      wire -> {
        wire.send(Wire.OK + Wire.CHUNKED);
        wire.drip("1\r\na\r\n".repeat(99));
      }),
  SENDS_A_LINE_WITHOUT_END(
      "Maximum line length limit exceeded",
      wire -> {
        wire.send(Wire.OK + "X: ");
        wire.flood("a".repeat(8192));
      }),
  SENDS_HEADERS_WITHOUT_END(
      "Maximum header count exceeded",
      wire -> {
        wire.send(Wire.OK);
        wire.flood("X-Header: value\r\n".repeat(100));
      }),
  FOLDS_A_HEADER_WITHOUT_END(
      "Maximum line length limit exceeded",
      wire -> {
        wire.send(Wire.OK + "X: a\r\n");
        wire.flood(" and more\r\n".repeat(100));
      }),
  SENDS_LARGE_HEADERS(
      "more than 2 MiB",
      wire -> {
        wire.send(Wire.OK);
        for (int i = 0; i < 99; i++) {
          wire.send("X-" + i + ": " + "y".repeat(90_000) + "\r\n");
        }
        wire.await();
      }),
  SPEAKS_NO_HTTP("more than 2 MiB", wire -> wire.flood("hello, and welcome\r\n".repeat(100))),
  SAYS_CONTINUE_FOR_EVER(
      "more than 2 MiB", wire -> wire.flood("HTTP/1.1 100 Continue\r\n\r\n".repeat(100))),
  SENDS_CHUNKS_WITHOUT_END(
      "larger than 1 MiB",
      wire -> {
        wire.send(Wire.OK + Wire.CHUNKED);
        wire.flood("400\r\n" + "x".repeat(1024) + "\r\n");
      }),
  EXTENDS_A_CHUNK_WITHOUT_END(
      "Maximum line length limit exceeded",
      wire -> {
        wire.send(Wire.OK + Wire.CHUNKED + "1;name=");
        wire.flood("v".repeat(8192));
      }),
  SENDS_TRAILERS_WITHOUT_END(
      "Maximum header count exceeded",
      wire -> {
        wire.send(Wire.OK + Wire.CHUNKED + "0\r\n");
        wire.flood("X-Trailer: value\r\n".repeat(100));
      }),
  NAMES_A_CHUNK_TOO_LARGE_TO_COUNT(
      "cannot be reached by WinRM",
      wire -> wire.send(Wire.OK + Wire.CHUNKED + "F".repeat(40) + "\r\n")),
  PROMISES_TERABYTES(
      "larger than 1 MiB",
      wire -> {
        wire.send(Wire.OK + "Content-Length: 9999999999999\r\n\r\n");
        wire.flood("x".repeat(8192));
      }),
  NAMES_A_NEGATIVE_LENGTH(
      "none of WinRM's", wire -> wire.send(Wire.OK + "Content-Length: -7\r\n\r\nnothing")),
  SENDS_A_BODY_WITHOUT_END(
      "larger than 1 MiB",
      wire -> {
        wire.send(Wire.OK + "\r\n");
        wire.flood("x".repeat(8192));
      }),
  SENDS_A_BOMB_IN_GZIP(
      "none of WinRM's", wire -> wire.answer("200 OK", "Content-Encoding: gzip\r\n", bomb())),
  REDIRECTS(
      "HTTP status 302",
      wire -> wire.answer("302 Found", "Location: http://127.0.0.1:1/\r\n", new byte[0])),
  ASKS_FOR_THE_LOGIN_FOR_EVER(
      "Refused",
      "does not let in edge by Basic",
      wire -> {
        while (true) {
          wire.answer("401 No", "WWW-Authenticate: Basic realm=\"x\"\r\n");
          wire.readRequest();
        }
      }),
  OFFERS_SCHEMES_THAT_MOVE_THE_CURSOR(
      "Refused",
      "it offers only",
      wire ->
          wire.answer(
              "401 No", ("WWW-Authenticate: " + "\u001b[2J".repeat(999) + "\r\n").repeat(50))),
  SENDS_A_401_WITHOUT_END(
      "larger than 1 MiB",
      wire -> {
        wire.send("HTTP/1.1 401 No\r\n\r\n");
        wire.flood("x".repeat(8192));
      }),
  NESTS_ELEMENTS("none of WinRM's", wire -> wire.soap("<a>".repeat(50_000))),
  SENDS_AN_ENTITY_BOMB(
      "none of WinRM's",
      wire ->
          wire.soap(
              "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>")),
  READS_A_FILE("none of WinRM's", wire -> wire.soap(Wire.FILE)),
  SENDS_ATTRIBUTES_WITHOUT_NUMBER("none of WinRM's", wire -> wire.soap("<a" + attributes() + "/>")),
  NAMES_NO_SHELL("none of WinRM's", wire -> wire.soap("<a>hello</a>")),
  NAMES_A_SHELL_OF_A_MEGABYTE(
      "none of WinRM's",
      wire -> wire.soap("<Selector Name='ShellId'>" + "s".repeat(900_000) + "</Selector>")),
  FAULTS_AT_LENGTH(
      "StepFailed",
      "denies edge access: Look",
      wire ->
          wire.answer(
              "500 Error",
              "",
              ("<Fault><WSManFault Code='5'><Message>Look \u202e here"
                      + " far too long".repeat(20_000)
                      + "</Message></WSManFault></Fault>")
                  .getBytes(UTF_8))),
  FAULT_CODE_IS_NO_NUMBER(
      "Refused",
      "refuses what is not encrypted",
      wire ->
          wire.answer(
              "500 Error", "", "<a><WSManFault Code='99999999999999999999'/></a>".getBytes(UTF_8))),
  HANGS_UP("cannot be reached by WinRM", wire -> {}),
  HANGS_UP_IN_THE_BODY(
      "cannot be reached by WinRM", wire -> wire.send(Wire.OK + "Content-Length: 400\r\n\r\n<a>")),
  OUTPUT_IS_NO_BASE64(
      "none of WinRM's", wire -> wire.output("<Stream Name='stdout'>A</Stream>" + Wire.DONE)),
  OUTPUT_WITHOUT_END(
      "InDoubt",
      "did not end within 2 s",
      wire -> wire.output("<Stream Name='stdout'>" + "QUJD".repeat(100_000) + "</Stream>")),
  OUTPUT_DRIPS("InDoubt", "did not end within 2 s", wire -> wire.dripOutput()),
  OUTPUT_IS_NOTHING_AT_ONCE("InDoubt", "did not end within 2 s", wire -> wire.output("")),
  OUTPUT_WITHOUT_EXIT_CODE("InDoubt", "gave no exit code", wire -> wire.output(Wire.DONE)),
  EXIT_CODE_IS_NO_NUMBER(
      "InDoubt",
      "gave no exit code",
      wire -> wire.output("<ExitCode>" + "9".repeat(99) + "</ExitCode>" + Wire.DONE)),
  TAKES_NO_INPUT("InDoubt", "did not end within 2 s", Wire::takeNoInput),
  DELETES_FOR_EVER("none", "", wire -> wire.output("<ExitCode>0</ExitCode>" + Wire.DONE)),
  TLS_SAYS_NOTHING("did not answer within 2 s", Wire::await),
  TLS_DRIPS("within 2 s", wire -> wire.drip("\u0016\u0003\u0003@\u0000" + "x".repeat(99))),
  TLS_IS_NONE(
      "could not agree on TLS",
      wire -> {
        wire.send("hello, and welcome\r\n");
        wire.await();
      }),
  // Whether it is noticed at the first byte or after 2 MiB is told apart by chance.
  TLS_IS_A_FLOOD("127.0.0.1", wire -> wire.flood("hello".repeat(999)));

  private final String failure;
  private final String phrase;
  private final Attack attack;

  private interface Attack {
    void on(Wire wire) throws IOException, InterruptedException;
  }

  HostileWinRm(String phrase, Attack attack) {
    this(Unreachable.class.getSimpleName(), phrase, attack);
  }

  HostileWinRm(String failure, String phrase, Attack attack) {
    this.failure = failure;
    this.phrase = phrase;
    this.attack = attack;
  }

  public boolean tls() {
    return name().startsWith("TLS");
  }

  @Override
  public void serve(Socket socket) throws IOException, InterruptedException {
    Wire wire = new Wire(socket);
    if (tls()) {
      attack.on(wire);
      return;
    }
    wire.readRequest();
    attack.on(wire);
  }

  @Override
  public String failure() {
    return failure;
  }

  @Override
  public String phrase() {
    return phrase;
  }

  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < 64; i++) {
        zip.write(new byte[1024 * 1024]);
      }
    }
    return bytes.toByteArray();
  }

  private static String attributes() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      all.append(" a").append(i).append("=''");
    }
    return all.toString();
  }

  /** One connection. */
  private static final class Wire {
    private static final String OK =
        "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml;charset=UTF-8\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
    private static final String FILE =
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><a>&b;</a>";
    private static final String DONE = "<CommandState State='x/CommandState/Done'/>";

    private final InputStream input;
    private final OutputStream output;
    private String request = "";

    Wire(Socket socket) throws IOException {
      this.input = new BufferedInputStream(socket.getInputStream());
      this.output = socket.getOutputStream();
    }

    /** Reads the headers, and the body as well unless it is a part of standard input. */
    void readRequest() throws IOException {
      String headers = headers();
      int length = 0;
      for (String line : headers.split("\r\n", -1)) {
        if (line.startsWith("Content-Length: ")) {
          length = Integer.parseInt(line.substring(16));
        }
      }
      request = new String(input.readNBytes(Math.min(length, 4096)), ISO_8859_1);
      if (!asked("Send")) {
        input.skipNBytes(Math.max(0, length - 4096));
      }
    }

    private String headers() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      while (!bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        int one = input.read();
        if (one < 0) {
          throw new IOException("closed");
        }
        bytes.write(one);
      }
      return bytes.toString(ISO_8859_1);
    }

    private boolean asked(String action) {
      return request.contains("/" + action + "</a:Action>");
    }

    void send(String text) throws IOException {
      output.write(text.getBytes(UTF_8));
    }

    void flood(String text) throws IOException {
      byte[] bytes = text.getBytes(UTF_8);
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

    void await() throws InterruptedException {
      Thread.sleep(Duration.ofMinutes(5));
    }

    void answer(String status, String headers) throws IOException {
      answer(status, headers, new byte[0]);
    }

    void answer(String status, String headers, byte[] body) throws IOException {
      send("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n");
      output.write(body);
    }

    void soap(String text) throws IOException {
      answer("200 OK", "Content-Type: application/soap+xml\r\n", text.getBytes(UTF_8));
    }

    /** A shell and a command as they should be; what the command prints is the attack. */
    void output(String text) throws IOException, InterruptedException {
      if (begins()) {
        return;
      }
      if (asked("Receive")) {
        soap("<a>" + text + "</a>");
      } else {
        drip(Wire.OK);
      }
    }

    void dripOutput() throws IOException, InterruptedException {
      if (!begins()) {
        drip(Wire.OK);
      }
    }

    void takeNoInput() throws IOException, InterruptedException {
      if (!begins()) {
        await();
      }
    }

    private boolean begins() throws IOException {
      if (asked("Create")) {
        soap("<Selector Name='ShellId'>1</Selector>");
      } else if (asked("Command")) {
        soap("<CommandId>1</CommandId>");
      } else {
        return false;
      }
      return true;
    }
  }
}
