package dev.edgefleet.cli;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.inventory.HostPattern;
import dev.edgefleet.journal.RunLock;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.journal.key.Keyring;
import dev.edgefleet.progress.EventLines;
import dev.edgefleet.progress.FollowUpCommand;
import dev.edgefleet.report.build.RunReports;
import dev.edgefleet.run.RequestFile;
import dev.edgefleet.run.RunDirectory;
import dev.edgefleet.run.TypedCommandLine;
import dev.edgefleet.run.recorded.RetryCandidates;
import dev.edgefleet.run.recorded.RunJournal;
import dev.edgefleet.transport.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet retry}. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Begins a new run with the playbook and the options of one that is over, for the devices that"
          + " failed in it or could not be reached."
    },
    footer = {
      "",
      "Examples:",
      "    edgefleet retry last",
      "  Trucks that are only sometimes in reach, for two days:",
      "    edgefleet retry 20261124-083000-1f2e --keep-trying 48h"
    })
final class RetryCommand implements Callable<Integer> {
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})([smhd])");
  private static final int SHOWN = 10;
  private static final Set<String> LIMITS = Set.of("-l", "--limit");

  @Parameters(
      paramLabel = "RUN",
      description = "Its id, the beginning of it, or last for the newest one.")
  private String run = "";

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "PATTERN",
      description = FleetOptions.LIMIT)
  private @Nullable String limit;

  @Option(
      names = "--keep-trying",
      paramLabel = "TIME",
      description =
          "Try devices that cannot be reached again and again for so long (such as 48h), in a run"
              + " of its own each time, with pauses of 1 to 15 minutes between.")
  private @Nullable String keepTrying;

  @Option(
      names = "--break-lock",
      description =
          "Take devices over from other runs, such as this one: a device whose connection was lost"
              + " still holds its lock. What another run is doing on a device goes on to its end.")
  private boolean breakLock;

  @Mixin private OutputOptions output = new OutputOptions();

  @ParentCommand private Edgefleet program = new Edgefleet();

  @Override
  public Integer call() throws InterruptedException {
    Duration patience = keepTrying == null ? Duration.ZERO : time(keepTrying);
    RunDirectory directory = RunDirectory.find(output.runs(), run).own();
    RunFold over = RunJournal.whole(directory);
    if (RunLock.isHeld(directory.path()) || over.ended().isEmpty()) {
      throw new BadInput(
          "run " + directory.id() + " is not over",
          "go on with it: " + FollowUpCommand.resume(directory.path(), over.held()));
    }
    RequestFile request = RequestFile.read(directory, Keyring.ofUser().store());
    List<String> devices = RetryCandidates.afterRun(RunReports.of(over));
    if (devices.isEmpty()) {
      throw new BadInput(
          "no device failed in run " + directory.id() + " or could not be reached",
          "there is nothing to try again");
    }
    devices = limited(devices, request);
    Deadline ends = Deadline.in(patience);
    Duration pause = FIRST_PAUSE;
    while (true) {
      int exitCode = retried(request, directory.id(), devices);
      RunDirectory latest = RunDirectory.find(output.runs(), "last");
      RunFold tried = RunJournal.whole(latest);
      devices = RetryCandidates.afterTry(RunReports.of(tried));
      // Who says that nothing else is to begin means the next try, too.
      boolean again = tried.ended().isPresent() && !tried.isAborted() && !devices.isEmpty();
      if (!again || ends.left().compareTo(pause) < 0) {
        return exitCode;
      }
      System.out.println(
          EventLines.plural(devices.size(), "device")
              + " left to try; the next try is in "
              + pause.toMinutes()
              + " min (Ctrl-C to stop)");
      Thread.sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
      directory = latest;
    }
  }

  private List<String> limited(List<String> devices, RequestFile request) {
    String asked = limit;
    if (asked == null) {
      return devices;
    }
    Set<String> meant =
        RecordedCommandLine.runCommand(program, request).devices(HostPattern.limit(asked));
    List<String> left = devices.stream().filter(meant::contains).toList();
    if (left.isEmpty()) {
      throw new BadInput(
          "no device that failed or could not be reached is in --limit '" + asked + "'",
          "these are: " + String.join(", ", devices.subList(0, Math.min(devices.size(), SHOWN))));
    }
    return left;
  }

  private int retried(RequestFile request, String of, List<String> devices) {
    String names = String.join(",", devices);
    return RecordedCommandLine.runCommand(program, request)
        .retry(
            new HostPattern(names),
            of,
            output,
            new TypedCommandLine(limited(request.words(), names), recorded(of)),
            breakLock);
  }

  private List<String> recorded(String of) {
    List<String> words = new ArrayList<>(List.of("edgefleet", "retry", of));
    if (!output.runs().toString().equals(FollowUpCommand.RUNS)) {
      words.addAll(List.of("--runs", output.runs().toString()));
    }
    return words;
  }

  // So that the new run can itself be resumed or tried again.
  private static List<String> limited(List<String> words, String names) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (LIMITS.contains(word)) {
        i++;
      } else if (!word.startsWith("--limit=") && !word.matches("-l.+")) {
        all.add(word);
      }
    }
    all.add("--limit=" + names);
    return all;
  }

  private static Duration time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new BadInput(
          "--keep-trying is '" + text + "'", "write a number with s, m, h or d, such as 48h");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
