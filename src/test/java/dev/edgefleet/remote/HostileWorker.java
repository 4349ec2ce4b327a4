package dev.edgefleet.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.transport.Hostile;
import dev.edgefleet.transport.ssh.InnerSshServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * Devices that let everybody in and start the worker's shell, or seem to: what they say instead of
 * its answers is the attack. Asked for a command first, then for facts, then to write a file.
 */
@SuppressWarnings("ImmutableEnumChecker") // What they do holds nothing.
public enum HostileWorker implements Hostile {
  IS_SILENT(Refused.class, "did not start /bin/sh", Device::await),
  MAKES_NOISE_BEFORE_THE_SHELL(
      Refused.class, "printed more than 8 MiB", device -> device.flood("welcome ".repeat(900))),
  MAKES_NOISE_ON_ERRORS_BEFORE_THE_SHELL(
      Refused.class, "did not start /bin/sh", device -> device.floodErrors("welcome ".repeat(900))),
  SAYS_READY_TO_SOMEBODY_ELSE(
      Refused.class,
      "did not start /bin/sh",
      device -> {
        device.print("0123456789abcdef01234567 ready\n");
        device.await();
      }),
  ENDS_WITH_WORDS_THAT_MOVE_THE_CURSOR(
      Refused.class,
      "did not run /bin/sh",
      device -> device.printError("Go \u202e\u001b[2J away" + " for ever".repeat(9_000) + "\n")),
  TAKES_NO_PROGRAM(
      InDoubt.class,
      "it took longer",
      device -> {
        device.ready();
        device.await();
      }),
  ENDS_WHEN_READY(InDoubt.class, "the script ended", Device::ready),
  MAKES_NOISE_BEFORE_THE_ANSWER(
      StepFailed.class,
      "printed more than 8388608 bytes",
      device -> {
        device.request();
        device.flood("noise\n".repeat(900));
      }),
  MAKES_NOISE_ON_ERRORS_BEFORE_THE_ANSWER(
      InDoubt.class,
      "it took longer",
      device -> {
        device.request();
        device.floodErrors("noise\n".repeat(900));
      }),
  ANSWERS_UNDER_ANOTHER_MARK(
      InDoubt.class,
      "it took longer",
      device -> {
        device.request();
        device.print("aaaabbbbccccddddeeeeffff begin\nexit_code 0\n\naaaabbbb end 0\n");
        device.await();
      }),
  SAYS_VALUES_WITHOUT_END(
      InDoubt.class,
      "more than 1000 values",
      device -> {
        device.beginsToAnswer();
        for (int i = 0; ; i++) {
          device.print("value" + i + " x\n");
        }
      }),
  SAYS_A_VALUE_WITHOUT_END(
      StepFailed.class,
      "printed more than 1048576 bytes",
      device -> {
        device.beginsToAnswer();
        device.flood("x".repeat(8192));
      }),
  SAYS_EMPTY_LINES_WITHOUT_END(
      StepFailed.class,
      "printed more than",
      device -> {
        device.beginsToAnswer();
        device.flood("\n".repeat(8192));
      }),
  BEGINS_THE_VALUES_WITHOUT_END(
      StepFailed.class,
      "printed more than",
      device -> {
        device.beginsToAnswer();
        device.flood(("\n" + device.mark + " values\n").repeat(200));
      }),
  SAYS_A_VALUE_WITHOUT_A_NAME(
      InDoubt.class,
      "is no value",
      device -> {
        device.beginsToAnswer();
        device.print("\u001b[2J\n");
        device.await();
      }),
  ESCAPES_WHAT_IS_NO_BYTE(
      InDoubt.class,
      "makes no sense",
      device -> {
        device.beginsToAnswer();
        device.print("exit_code \\0999\\0\\x\\\n");
        device.end(0);
      }),
  REPEATS_ONE_VALUE(
      StepFailed.class,
      "printed more than",
      device -> {
        device.beginsToAnswer();
        device.flood("exit_code 0\n".repeat(900));
      }),
  PRINTS_WITHOUT_END(
      StepFailed.class,
      "printed more than 67108864 bytes",
      device -> {
        device.beginsToAnswer();
        device.print(device.mark + " body\n");
        device.flood("output ".repeat(900));
      }),
  PRINTS_ENDS_THAT_ARE_NONE(
      StepFailed.class,
      "printed more than 67108864 bytes",
      device -> {
        device.beginsToAnswer();
        device.print(device.mark + " body\n");
        device.flood(("\n" + device.mark + "\n" + device.mark + " end 9\n").repeat(200));
      }),
  PRINTS_ERRORS_WITHOUT_END(
      InDoubt.class,
      "it took longer",
      device -> {
        device.beginsToAnswer();
        device.floodErrors("error ".repeat(900));
      }),
  DRIPS(
      InDoubt.class,
      "it took longer",
      device -> {
        device.beginsToAnswer();
        for (int i = 0; ; i++) {
          device.print("a" + i + " b\n");
          Thread.sleep(400);
        }
      }),
  HANGS_UP_IN_ITS_ANSWER(
      InDoubt.class,
      "the script ended",
      device -> {
        device.beginsToAnswer();
        device.print("exit_co");
      }),
  DIES_OF_A_NUMBER_TOO_LARGE(
      InDoubt.class,
      "makes no sense",
      device -> {
        device.beginsToAnswer();
        device.print("\n" + device.mark + " died 99999999999999999999\n");
        device.await();
      }),
  DIES_AND_IS_SILENT(
      InDoubt.class,
      "the script ended with exit code -3",
      device -> {
        device.beginsToAnswer();
        device.print("\n" + device.mark + " died -3\n");
        device.await();
      }),
  FAILS_WITH_A_NOVEL(
      StepFailed.class,
      "could not run echo",
      device -> {
        device.beginsToAnswer();
        device.say("error", "\u001b[2Jevil\u202e" + "x".repeat(300_000));
        device.say("detail", "\u001b[2J, they said".repeat(20_000));
        device.end(1);
      }),
  FAILS_WITHOUT_A_WORD(
      StepFailed.class,
      "could not run echo",
      device -> {
        device.beginsToAnswer();
        device.end(1);
      }),
  ENDS_WITH_A_STATUS_OF_ITS_OWN(
      InDoubt.class,
      "it took longer",
      device -> {
        device.beginsToAnswer();
        device.print("\n" + device.mark + " end 7\n");
        device.await();
      }),
  ANSWERS_NOTHING(
      InDoubt.class,
      "makes no sense",
      device -> {
        device.beginsToAnswer();
        device.end(0);
      }),
  EXIT_CODE_IS_NO_NUMBER(
      InDoubt.class,
      "makes no sense",
      device -> {
        device.beginsToAnswer();
        device.say("skipped", "false");
        device.say("exit_code", "banana \u001b[2J".repeat(9_000));
        device.end(0);
      }),
  SKIPS_MORE_OR_LESS(
      InDoubt.class,
      "makes no sense",
      device -> {
        device.beginsToAnswer();
        device.say("skipped", "perhaps");
        device.end(0);
      }),
  FACTS_LACK_ALL(
      StepFailed.class,
      "makes no sense",
      device -> {
        device.honestUntil("facts");
        device.begin();
        device.end(0);
      }),
  FACTS_COUNT_TO_INFINITY(
      StepFailed.class, "makes no sense", device -> device.lie("memory_kb", "9".repeat(900_000))),
  FACTS_TELL_A_TIME_THAT_TAKES_FOR_EVER(
      StepFailed.class, "makes no sense", device -> device.lie("began", "1E999999999")),
  FACTS_TELL_A_TIME_OF_ANOTHER_AGE(
      StepFailed.class, "makes no sense", device -> device.lie("answered", "9".repeat(18))),
  FACTS_NAME_A_LAYOUT_THAT_IS_NONE(
      StepFailed.class, "makes no sense", device -> device.lie("layout", "\u001b[2J")),
  FACTS_MOUNT_NOTHING(StepFailed.class, "makes no sense", device -> device.lie("mount1", "a b c")),
  FACTS_MOUNT_MORE_THAN_THERE_IS(
      StepFailed.class,
      "makes no sense",
      device -> device.lie("mount1", "/dev/x ext4 rw 4096 " + "9".repeat(30) + " 1 /")),
  WRITES_AND_CANNOT_SAY_WHAT(
      InDoubt.class,
      "makes no sense",
      device -> {
        device.honestUntil("write_file");
        device.begin();
        device.say("kind", "\u001b[2J");
        device.say("written", "so it is");
        device.end(0);
      }),
  WRITES_AND_DIES(
      InDoubt.class,
      "the script ended",
      device -> {
        device.honestUntil("write_file");
        device.begin();
        device.print("\n" + device.mark + " died 9\n");
      }),
  /** Many of these hold more than the run has memory for; how each ends is up to chance. */
  HOLDS_ON_IN_ITS_OUTPUT(
      InDoubt.class,
      "",
      device -> {
        device.beginsToAnswer();
        device.print(device.mark + " body\n");
        device.printMebibyte();
        device.await();
      }),
  /** The same for what is registered. */
  HAS_MUCH_TO_REMEMBER(
      InDoubt.class,
      "",
      device -> {
        device.beginsToAnswer();
        device.say("skipped", "false");
        device.print(device.mark + " body\n");
        device.printMebibyte();
        device.print("\n" + device.mark + " values\n");
        device.say("exit_code", "0");
        device.end(0);
        device.honestUntil("write_file");
        device.honest("facts");
        device.await();
      }),
  CHANGES_THE_SUBJECT(
      InDoubt.class,
      "makes no sense",
      device -> {
        device.honestUntil("write_file");
        device.honest("facts");
        device.await();
      });

  private final Class<?> failure;
  private final String phrase;
  private final Attack attack;

  private interface Attack {
    void on(Device device) throws IOException, InterruptedException;
  }

  HostileWorker(Class<?> failure, String phrase, Attack attack) {
    this.failure = failure;
    this.phrase = phrase;
    this.attack = attack;
  }

  @Override
  public void serve(Socket socket) throws IOException, InterruptedException {
    InnerSshServer.serve(
        socket,
        server -> {
          // What is not read soon keeps the sender waiting.
          CoreModuleProperties.WINDOW_SIZE.set(server, 4096L);
          CoreModuleProperties.NIO_WORKERS.set(server, 1);
          // A controller that is busy reads on later: the device must not give up before it does.
          CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(server, Duration.ofMinutes(10));
          server.setCommandFactory(
              (channel, line) ->
                  new InnerSshServer.Program(
                      (in, out, errors) -> attack.on(new Device(line, in, out, errors))));
        });
  }

  @Override
  public String failure() {
    return failure.getSimpleName();
  }

  @Override
  public String phrase() {
    return phrase;
  }

  /** The device's end of a worker. */
  private static final class Device {
    private static final Pattern NONCE = Pattern.compile("edgefleet ([0-9a-f]{24})");
    private static final Map<String, String> FACTS =
        Map.ofEntries(
            Map.entry("began", "1700000000.000000000"),
            Map.entry("answered", "1700000000.100000000"),
            Map.entry("system", "debian"),
            Map.entry("system_like", ""),
            Map.entry("distribution", "Debian"),
            Map.entry("version", "12"),
            Map.entry("codename", "bookworm"),
            Map.entry("pretty_name", "Debian"),
            Map.entry("architecture", "x86_64"),
            Map.entry("hostname", "edge"),
            Map.entry("fqdn", "edge"),
            Map.entry("layout", "none"),
            Map.entry("kernel", "6.1"),
            Map.entry("init_system", "systemd"),
            Map.entry("service_manager", "systemd"),
            Map.entry("user", "edge"),
            Map.entry("uid", "1000"),
            Map.entry("gid", "1000"),
            Map.entry("home", "/"),
            Map.entry("search_path", "/bin"),
            Map.entry("sudo", "false"),
            Map.entry("memory_kb", "1000"),
            Map.entry("cpus", "1"),
            Map.entry("uptime", "1"),
            Map.entry("ipv4", ""),
            Map.entry("ipv6", ""),
            Map.entry("selinux", "disabled"),
            Map.entry("apparmor", "disabled"),
            Map.entry("zone", "UTC"),
            Map.entry("offset", "+0000"));

    private final String nonce;
    private final DataInputStream in;
    private final OutputStream out;
    private final OutputStream errors;
    private boolean ready;
    private String mark = "";

    Device(String line, InputStream in, OutputStream out, OutputStream errors) {
      Matcher matcher = NONCE.matcher(line);
      this.nonce = matcher.find() ? matcher.group(1) : "";
      this.in = new DataInputStream(in);
      this.out = out;
      this.errors = errors;
    }

    void await() throws InterruptedException {
      Thread.sleep(300_000);
    }

    void print(String text) throws IOException {
      out.write(text.getBytes(UTF_8));
      out.flush();
    }

    void printError(String text) throws IOException {
      errors.write(text.getBytes(UTF_8));
      errors.flush();
    }

    void flood(String text) throws IOException {
      while (true) {
        print(text);
      }
    }

    void printMebibyte() throws IOException {
      for (int i = 0; i < 128; i++) {
        print("x".repeat(8192));
      }
    }

    void floodErrors(String text) throws IOException {
      while (true) {
        printError(text);
      }
    }

    void ready() throws IOException {
      print(nonce + " ready\n");
      printError(nonce + " ready\n");
      ready = true;
    }

    void beginsToAnswer() throws IOException {
      request();
      begin();
    }

    /** Takes a whole request, and knows its mark then; the operation that it asks for. */
    String request() throws IOException {
      if (!ready) {
        ready();
        in.readFully(new byte[Integer.parseInt(line())]);
      }
      String header = line();
      while (header.isEmpty()) {
        header = line();
      }
      String[] words = header.split(" ", -1);
      mark = words[1];
      in.readFully(new byte[Integer.parseInt(words[8])]);
      for (int i = 0; i < Integer.parseInt(words[7]); i++) {
        line();
      }
      in.readFully(new byte[Integer.parseInt(words[9])]);
      return words[3];
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (byte next = in.readByte(); next != '\n'; next = in.readByte()) {
        line.append((char) next);
      }
      return line.toString();
    }

    void begin() throws IOException {
      print(mark + " begin\n");
      printError(mark + " begin\n");
    }

    void say(String name, String value) throws IOException {
      print(name + " " + OctalText.encode(value) + "\n");
    }

    void end(int status) throws IOException {
      print("\n" + mark + " end " + status + "\n");
      printError("\n" + mark + " end\n");
    }

    /** Answers as it should until it is asked for such an operation. */
    void honestUntil(String operation) throws IOException {
      for (String asked = request(); !asked.equals(operation); asked = request()) {
        honest(asked);
      }
    }

    void honest(String operation) throws IOException {
      begin();
      if (operation.equals("facts")) {
        for (Map.Entry<String, String> fact : FACTS.entrySet()) {
          say(fact.getKey(), fact.getValue());
        }
      } else {
        say("skipped", "false");
        print(mark + " body\nhello\n\n" + mark + " values\n");
        say("exit_code", "0");
      }
      end(0);
    }

    void lie(String fact, String value) throws IOException {
      honestUntil("facts");
      Map<String, String> facts = new TreeMap<>(FACTS);
      facts.put(fact, value);
      begin();
      for (Map.Entry<String, String> each : facts.entrySet()) {
        print(each.getKey() + " " + new String(each.getValue().getBytes(UTF_8), ISO_8859_1) + "\n");
      }
      end(0);
    }
  }
}
