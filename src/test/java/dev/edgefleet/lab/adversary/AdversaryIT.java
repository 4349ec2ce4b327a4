package dev.edgefleet.lab.adversary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.lab.Lab;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ssh.SshSettings;
import dev.edgefleet.transport.ssh.SshTarget;
import dev.edgefleet.transport.ssh.SshTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An unprivileged user of a device attacks every operation that root performs where that user may
 * write. It beats scripts that act by name, which proves its power, and it must win nothing against
 * those of this version. {@code -Dedgefleet.adversary.seconds=600} makes it try longer.
 */
class AdversaryIT {
  private static final String DEVICE = "edge1";
  private static final Path WORK = Path.of("target/adversary").toAbsolutePath();
  private static final int SECONDS = Integer.getInteger("edgefleet.adversary.seconds", 12);
  private static final int TRIES = 60;
  private static final int TURNS = 12;

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

  private static List<Act> log(Path file) {
    List<Act> acts = adversary.log();
    DeviceFiles.run(
        () ->
            Files.write(
                file,
                acts.stream().map(Act::toString).toList(),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND));
    return acts;
  }

  private interface Rounds<T> {
    T with(Driver driver);
  }

  private static <T> T frozen(Rounds<T> rounds) {
    try (Connection connection = connect();
        Driver driver = new FrozenDriver(connection)) {
      return rounds.with(driver);
    }
  }

  private static <T> T product(Rounds<T> rounds) {
    try (Connection connection = connect();
        Driver driver = new ProductDriver(connection)) {
      return rounds.with(driver);
    }
  }

  /** A name that stands in the process list before it is there. */
  @Test
  void becomesRootThroughScriptsWithNamesThatAreKnownBefore() {
    Deed deed = deed("run a script", Ground.Place.HOME);
    List<String> plans = List.of("react foresee");
    var ran = EnumSet.of(Harm.Kind.RAN);
    List<Win> wins = frozen(driver -> battle.duel(driver, deed, plans, ran, TRIES));
    assertThat(wins).isNotEmpty();
  }

  /** Links that lie where a file should, without a race. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "write a file for root",
        "write a new file",
        "set a file's attributes",
        "touch a new file",
        "make a directory",
        "set a tree's attributes",
        "read a file"
      })
  void isHandedWhatItsLinksLeadTo(String name) {
    Ground.Place place = Ground.Place.HOME;
    Deed deed = deed(name, place);
    List<Win> wins = frozen(driver -> battle.fight(driver, new Round(deed, place, true, "")));
    assertThat(wins).isNotEmpty();
  }

  /** What was looked at is another thing when it is acted on. */
  @ParameterizedTest
  @ValueSource(strings = {"write a file for root", "make a directory", "set a tree's attributes"})
  void winsRacesAgainstScriptsThatActByName(String name) {
    Deed deed = deed(name, Ground.Place.HOME);
    var any = EnumSet.allOf(Harm.Kind.class);
    List<Win> wins = frozen(driver -> battle.duel(driver, deed, Battle.PLANS, any, TRIES));
    assertThat(wins).isNotEmpty();
  }

  @Test
  void winsNothingAgainstThisVersion() {
    List<Win> wins = new ArrayList<>();
    Instant end = Instant.now().plusSeconds(SECONDS);
    product(
        driver -> {
          for (Deed deed : Deeds.in(Ground.Place.HOME.path)) {
            assertThat(battle.undisturbed(driver, deed, Ground.Place.HOME))
                .as(deed.name())
                .doesNotStartWith("failed");
          }
          for (int number = 0; number < 2 || Instant.now().isBefore(end); number++) {
            for (Round round : Battle.sweep(number)) {
              wins.addAll(battle.fight(driver, round));
              log(WORK.resolve("this-version.log"));
            }
          }
          return wins;
        });
    assertThat(wins).isEmpty();
  }

  /**
   * Slowed down and traced: it has to have acted on each kind of name that root uses where it may
   * write, and to have come between an operation's calls there. What it missed is done again.
   */
  @Test
  void missesNothingThatThisVersionDoesWhereItMayWrite() {
    Coverage coverage = new Coverage();
    List<Win> wins = new ArrayList<>();
    try (Trace trace = Trace.of(lab, DEVICE, WORK.resolve("this-version.trace"))) {
      product(
          driver -> {
            List<Round> rounds = Battle.traced();
            for (int turn = 0; turn < TURNS && !rounds.isEmpty(); turn++) {
              for (Round round : rounds) {
                long from = nanoseconds();
                wins.addAll(battle.fight(driver, round));
                coverage.add(round, from, nanoseconds(), log(WORK.resolve("this-version.log")));
              }
              rounds = coverage.again(trace.calls());
            }
            return wins;
          });
      assertThat(coverage.missed(trace.calls())).isEmpty();
      assertThat(coverage.undisturbed(trace.calls())).isEmpty();
    }
    assertThat(wins).isEmpty();
  }

  private static Deed deed(String name, Ground.Place place) {
    return Deeds.in(place.path).stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static long nanoseconds() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }
}
