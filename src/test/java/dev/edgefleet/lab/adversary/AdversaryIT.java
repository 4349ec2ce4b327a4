package dev.edgefleet.lab.adversary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.lab.Lab;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ssh.SshSettings;
import dev.edgefleet.transport.ssh.SshTarget;
import dev.edgefleet.transport.ssh.SshTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An unprivileged user of a device attacks every operation that root performs where that user may
 * write. It beats scripts that act by name, which proves its power, and it must win nothing against
 * those of this version. {@code -Dedgefleet.adversary.sweeps=40} makes it try longer.
 */
class AdversaryIT {
  private static final String DEVICE = "edge1";
  private static final Path WORK = Path.of("target/adversary").toAbsolutePath();
  private static final int SWEEPS = Integer.getInteger("edgefleet.adversary.sweeps", 6);

  private static Lab lab;
  private static SshTransport transport;
  private static Adversary adversary;
  private static Battle battle;

  @BeforeAll
  static void boot() {
    lab = Lab.up(1, Lab.CONFIG);
    transport =
        new SshTransport(
            new SshSettings(
                lab.knownHosts(),
                false,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Optional.empty(),
                key -> Optional.empty(),
                4));
    lab.ssh(
        DEVICE,
        "sudo useradd --create-home --uid %d --user-group --shell /bin/sh %s"
            .formatted(Ground.ADVERSARY, Adversary.ACCOUNT));
    DeviceFiles files = new DeviceFiles(lab.files(DEVICE));
    Ground ground = new Ground(files);
    ground.prepare();
    adversary = Adversary.on(lab, DEVICE, files, WORK);
    battle = new Battle(adversary, ground, new Victims(files));
  }

  @AfterAll
  static void remove() {
    if (adversary != null) {
      adversary.close();
    }
    if (transport != null) {
      transport.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  private static Connection connect() {
    return transport.connect(
        new SshTarget(lab.address(DEVICE), 22, "operator", List.of(lab.key()), Optional.empty()));
  }

  private static List<Win> sweeps(Driver driver, int count, String log) {
    List<Win> wins = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      for (Round round : Battle.sweep(number)) {
        lines.add("round\t" + round.deed().name() + "\t" + round.how());
        wins.addAll(battle.fight(driver, round));
        adversary.log().forEach(act -> lines.add(act.toString()));
      }
    }
    DeviceFiles.run(() -> Files.write(WORK.resolve(log), lines));
    return wins;
  }

  @Test
  void beatsScriptsThatActByName() {
    try (Connection connection = connect();
        Driver driver = new FrozenDriver(connection)) {
      for (Deed deed : Deeds.in(Ground.Place.HOME.path)) {
        System.out.println(
            deed.name()
                + ": "
                + battle.undisturbed(driver, deed, Ground.Place.HOME).replace("\n", "|"));
      }
      long t = System.nanoTime();
      List<Win> wins = sweeps(driver, SWEEPS, "frozen.log");
      System.out.println("took " + (System.nanoTime() - t) / 1000000);
      wins.forEach(w -> System.out.println(w.toString().replace("\n", "|")));
      assertThat(wins).isNotEmpty();
    }
  }
}
