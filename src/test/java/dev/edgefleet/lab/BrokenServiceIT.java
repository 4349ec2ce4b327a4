package dev.edgefleet.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Sample;
import dev.edgefleet.cli.Cli;
import dev.edgefleet.journal.RunEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Units that are broken in every way, under a real systemd: what is wrong is said in systemctl's
 * words and in one sentence, nothing is quoted from a time before, and after the mend that the
 * remedy names a second run works. Most rows wait: {@code -Dedgefleet.long=true} takes all of them,
 * and else every third one is taken.
 */
class BrokenServiceIT {
  private static final String OLD = "this was said before";

  private static Lab lab;

  @TempDir Path directory;

  /** A unit, what is said of it, and what mends it. */
  enum Broken {
    MASKED(
        "ExecStart=/bin/sleep 1000",
        "mv /etc/systemd/system/u.service /root/u; systemctl mask u",
        "restarted",
        "systemctl ended with exit status 1: Failed to restart u\\.service: Unit u\\.service is"
            + " masked; somebody saw to it that it cannot be started",
        "systemctl unmask u; then run again",
        "systemctl unmask u; mv /root/u /etc/systemd/system/u.service; systemctl daemon-reload"),
    MASKED_AFTER_A_FAILURE(
        "ExecStart=/bin/false",
        "systemctl start u; mv /etc/systemd/system/u.service /root/u; systemctl mask u",
        "started",
        "systemctl ended with exit status 1: Failed to start u\\.service: Unit u\\.service is"
            + " masked; somebody saw to it that it cannot be started",
        "systemctl unmask u; then run again",
        "systemctl unmask u; echo '[Service]\nExecStart=/bin/sleep 1000'"
            + " >/etc/systemd/system/u.service; systemctl daemon-reload"),
    CRASH_LOOP(
        "Restart=always\nRestartSec=100ms\nExecStart=/bin/sh -c 'exit 7'\n[Unit]\nStartLimitIntervalSec=0",
        ":",
        "restarted",
        "it keeps ending: systemd started it again \\d+ times; last it ended with exit code 7",
        "journalctl -u u -n 50; mend that, then run again",
        Broken.MEND),
    CRASH_LOOP_THAT_RUNS_FOR_A_WHILE(
        "Restart=always\nRestartSec=100ms\nExecStart=/bin/sh -c 'sleep 0.6; exit 7'\n"
            + "[Unit]\nStartLimitIntervalSec=0",
        ":",
        "started",
        "it keeps ending: systemd started it again \\d+ times; last it ended with exit code 7",
        "journalctl -u u -n 50; mend that, then run again",
        Broken.MEND),
    CRASH_LOOP_WITH_LONG_WAITS(
        "Restart=always\nRestartSec=1h\nExecStart=/bin/sh -c 'kill -9 $$$$'",
        ":",
        "restarted",
        "it ends, and systemd waits to start it again; last it was killed by signal 9",
        "journalctl -u u -n 50; mend that, then run again",
        Broken.MEND),
    CRASH_LOOP_UP_TO_THE_LIMIT(
        "Restart=always\nRestartSec=1ms\nExecStart=/bin/sh -c 'exit 7'\n[Unit]\nStartLimitBurst=2",
        ":",
        "restarted",
        // When the limit is reached before anybody looks, systemd has forgotten how it ended.
        "(it keeps ending: systemd started it again .*; last it ended with exit code 7; systemd gave"
            + " up|systemd started it too often of late and starts it no more)",
        "journalctl -u u -n 50; mend that, then run again",
        Broken.MEND),
    WRONG_CONFIGURATION(
        "ExecStart=/bin/sh -c 'grep right /etc/u.conf'",
        "echo wrong >/etc/u.conf",
        "restarted",
        "(systemctl ended with exit status 1: Job for u\\.service failed.*; )?it ended with exit code"
            + " 1 right after its start",
        "journalctl -u u -n 50; mend that, then run again",
        Broken.MEND),
    LIMIT_USED_UP(
        "ExecStart=/bin/sh -c 'exit 3'",
        "for n in 1 2 3 4 5 6 7 8; do systemctl start u; sleep 0.1; done",
        "started",
        "(systemctl ended with exit status 1: Job for u\\.service failed.*; )?it ended with exit code"
            + " 3 right after its start",
        "journalctl -u u -n 50; mend that, then run again",
        // The limit of the failed starts is still used up, and nobody resets it by hand.
        "sed -i 's:^ExecStart=.*:ExecStart=/bin/sleep 1000:' /etc/systemd/system/u.service;"
            + " systemctl daemon-reload; for n in 1 2 3 4 5 6; do systemctl restart u; done; systemctl"
            + " stop u"),
    NO_PROGRAM(
        "ExecStart=/no/such/program",
        ":",
        "started",
        "(systemctl ended with exit status 1: .*; )?its program cannot be executed: it is missing, or"
            + " may not be executed \\(exit code 203\\)",
        "see systemctl cat u: mend that, then run again",
        Broken.MEND),
    NO_USER(
        "User=nobody-of-that-name\nExecStart=/bin/sleep 1000",
        ":",
        "started",
        "(systemctl ended with exit status 1: .*; )?its User= does not exist \\(exit code 217\\)",
        "see systemctl cat u: mend that, then run again",
        "sed -i /^User=/d /etc/systemd/system/u.service; systemctl daemon-reload"),
    BAD_UNIT_FILE(
        "ExecStart=not/absolute",
        ":",
        "restarted",
        "systemctl ended with exit status 1: Failed to restart u\\.service: Unit u\\.service has a bad"
            + " unit file setting; systemd cannot use its unit file",
        "systemd-analyze verify u.service names the line: mend it, then systemctl daemon-reload, and"
            + " run again",
        Broken.MEND),
    NO_RELOAD(
        "ExecStart=/bin/sleep 1000",
        "systemctl start u",
        "reloaded",
        "systemctl ended with exit status \\d: Failed to reload u\\.service: Job type reload is not"
            + " applicable for unit u\\.service; its unit has no ExecReload, so it cannot be reloaded",
        "use state: restarted",
        "sed -i '/^ExecStart/aExecReload=/bin/true' /etc/systemd/system/u.service; systemctl"
            + " daemon-reload"),
    DOWN_FOR_RELOAD(
        "ExecStart=/bin/sleep 1000\nExecReload=/bin/true",
        ":",
        "reloaded",
        "systemctl ended with exit status \\d: u\\.service is not active, cannot reload; it does not"
            + " run \\(inactive\\)",
        "start it first, with state: started",
        "systemctl start u"),
    TOO_SLOW(
        "Type=notify\nTimeoutStartSec=1\nExecStart=/bin/sleep 1000",
        ":",
        "started",
        "systemctl ended with exit status 1: Job for u\\.service failed because a timeout was exceeded;"
            + " it did not say in time that it is up",
        "or give it longer with TimeoutStartSec=; then run again",
        "sed -i /^Type=/d /etc/systemd/system/u.service; systemctl daemon-reload"),
    DEPENDENCY(
        "ExecStart=/bin/sleep 1000\n[Unit]\nRequires=other.service\nAfter=other.service",
        "printf '[Service]\\nType=oneshot\\nExecStart=/bin/false\\n' >/etc/systemd/system/other.service",
        "started",
        "systemctl ended with exit status 1: A dependency job for u\\.service failed; another unit"
            + " that it needs did not start",
        "systemctl list-dependencies u shows which: mend that one, then run again",
        "sed -i s:false:true: /etc/systemd/system/other.service; systemctl daemon-reload"),
    NOT_READ_AGAIN(
        "ExecStart=/bin/sh -c 'rm /root/u && exec sleep 1000'",
        "touch /root/u; systemctl start u; while test -e /root/u; do sleep 0.1; done;"
            + " echo '# new' >>/etc/systemd/system/u.service",
        "restarted",
        "(systemctl ended with exit status 1: .*; )?it ended with exit code 1 right after its start",
        "systemd has not read its changed unit file yet: systemctl daemon-reload; then see why",
        Broken.MEND);

    private static final String MEND =
        "sed -i 's:^ExecStart=.*:ExecStart=/bin/sleep 1000:' /etc/systemd/system/u.service; systemctl"
            + " daemon-reload";

    private final String unit;
    private final String broken;
    private final String state;
    private final String said;
    private final String remedy;
    private final String mend;

    Broken(String unit, String broken, String state, String said, String remedy, String mend) {
      this.unit = unit;
      this.broken = broken;
      this.state = state;
      this.said = said;
      this.remedy = remedy;
      this.mend = mend;
    }
  }

  @BeforeAll
  static void boot() {
    lab = Lab.up(1, Lab.CONFIG);
  }

  @AfterAll
  static void halt() {
    if (lab != null) {
      lab.close();
    }
  }

  static List<Broken> rows() {
    return Sample.every(3, 0, List.of(Broken.values()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isNamedAndAfterTheMendASecondRunWorks(Broken broken) throws Exception {
    root(
        "systemctl unmask u; systemctl stop u; systemctl reset-failed u; rm -f /root/u /etc/u.conf");
    unit("ExecStart=/bin/echo " + OLD);
    root("systemctl start --wait u; journalctl --sync");
    assertThat(lab.ssh("edge1", "sudo journalctl -u u -o cat")).contains(OLD);
    unit(broken.unit);
    root(broken.broken);

    Cli cli = new Cli(directory);
    Files.copy(lab.inventory(), directory.resolve("i.yml"));
    cli.given(
        "p.yml",
        """
        - hosts: edge1
          gather_facts: false
          tasks:
            - service: {name: u, state: %s, settle: 1s}
        """
            .formatted(broken.state));

    Cli.Ran ran = run(cli).exits(3);
    RunEvent.StepEnded step = ran.steps("edge1").getLast();
    String verb = broken.state.replaceAll("(restart|reload|start)ed", "$1");
    assertThat(step.message()).matches(Pattern.compile("could not " + verb + " u: " + broken.said));
    assertThat(step.remedy()).contains(broken.remedy);
    assertThat(step.output()).doesNotContain(OLD);

    root(broken.mend);
    run(cli).exits(0);
  }

  private static void unit(String service) {
    lab.run(
        "edge1",
        "sudo sh -c 'cat >/etc/systemd/system/u.service; systemctl daemon-reload'",
        "[Service]\n" + service + "\n");
  }

  private static Cli.Ran run(Cli cli) {
    return cli.run("--known-hosts", lab.knownHosts().toString());
  }

  private static void root(String commands) {
    lab.run("edge1", "sudo sh", commands + "\n");
  }
}
