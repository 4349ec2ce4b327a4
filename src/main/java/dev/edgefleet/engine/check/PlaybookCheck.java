package dev.edgefleet.engine.check;

import dev.edgefleet.action.Actions;
import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.wave.WavePlan;
import dev.edgefleet.engine.wave.Webhooks;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.HostPattern;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.RolloutKeywords;
import dev.edgefleet.playbook.read.ValueType;
import dev.edgefleet.secret.Vault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What can be found wrong with a playbook that was read, together with its inventory, before any
 * device is touched.
 */
public final class PlaybookCheck {
  private static final String CONNECTION = "ansible_connection";

  private final RunRequest request;
  private final List<Problem> problems = new ArrayList<>();

  private PlaybookCheck(RunRequest request) {
    this.request = request;
  }

  /**
   * @param problems every one found, in the order of the playbook; those of the command line first
   * @param warnings what will work but should be looked at
   */
  public record Findings(List<Problem> problems, List<Problem> warnings) {}

  /**
   * @param vault opens files of the controller that are encrypted
   * @param done the devices on which a play has no more to do: files for them may have gone or
   *     expired since
   * @param found what reading the playbook found already: where there is something, parts of it are
   *     missing, and what they would have set or been called cannot be missed
   */
  public static Findings of(
      RunRequest request,
      Actions actions,
      Templates templates,
      Vault vault,
      BiPredicate<Play, Device> done,
      List<Problem> found) {
    boolean whole = found.isEmpty();
    PlaybookCheck check = new PlaybookCheck(request);
    check.problems.addAll(found);
    if (whole) {
      check.problems.addAll(TagCheck.problems(request.playbook(), request.tags()));
    }
    Map<Play, List<Device>> devices = check.devices();
    VariableCheck variables =
        new VariableCheck(
            request,
            actions.schemas(),
            templates,
            vault,
            whole ? _ -> false : maybeSet(request, found));
    check.problems.addAll(variables.includedProblems());
    PlatformCheck platforms = new PlatformCheck(request, actions, templates);
    ControllerFileCheck files =
        new ControllerFileCheck(request, actions, templates, vault, variables.results());
    Set<Problem> warnings = new LinkedHashSet<>();
    for (Play play : request.playbook().plays()) {
      List<Device> ofPlay = devices.getOrDefault(play, List.of());
      check.connection(play, ofPlay);
      ControllerFileCheck.Found ofFiles =
          files.found(play, ofPlay.stream().filter(device -> !done.test(play, device)).toList());
      check.problems.addAll(ofFiles.problems());
      warnings.addAll(ofFiles.warnings());
      check.problems.addAll(variables.problems(play, ofPlay));
      check.problems.addAll(platforms.problems(play, ofPlay));
      check.waves(play, ofPlay);
    }
    // An imported file that stands in two plays has its mistakes once.
    return new Findings(inOrder(new LinkedHashSet<>(check.problems)), List.copyOf(warnings));
  }

  /** Names that what was not read may set; facts need no writing of theirs. */
  private static Predicate<String> maybeSet(RunRequest request, List<Problem> found) {
    Optional<MentionedNames> mentioned = MentionedNames.of(request.playbook(), found);
    return name ->
        name.startsWith("ansible_") || mentioned.map(names -> names.has(name)).orElse(true);
  }

  private static List<Problem> inOrder(Set<Problem> found) {
    List<String> files =
        found.stream().flatMap(problem -> problem.place().stream()).map(Place::file).toList();
    return found.stream()
        .sorted(
            Comparator.comparingInt(
                    (Problem problem) ->
                        problem.place().map(place -> files.indexOf(place.file())).orElse(-1))
                .thenComparingInt(problem -> problem.place().map(Place::line).orElse(0))
                .thenComparingInt(problem -> problem.place().map(Place::column).orElse(0)))
        .toList();
  }

  private Map<Play, List<Device>> devices() {
    Set<String> limited = new HashSet<>();
    Map<Play, List<Device>> byPlay = new LinkedHashMap<>();
    boolean allKnown = true;
    try {
      limited.addAll(request.inventory().names(request.limit()));
    } catch (BadInput e) {
      allKnown = false;
      problems.addAll(e.problems());
    }
    for (Play play : request.playbook().plays()) {
      if (ValueType.holdsTemplate(play.hosts())) {
        // What is wrong with it is told already, or it hangs on an answer that nobody was asked
        // for.
        allKnown = false;
        continue;
      }
      try {
        byPlay.put(play, request.inventory().select(new HostPattern(play.hosts()), limited));
      } catch (BadInput e) {
        allKnown = false;
        problems.addAll(e.at(play.hostsPlace()).problems());
      }
    }
    if (allKnown && byPlay.values().stream().allMatch(List::isEmpty)) {
      problems.add(
          Problem.of(
              "no device matches the playbook's hosts and --limit '" + request.limit().text() + "'",
              "see --list-hosts"));
    }
    return byPlay;
  }

  private void waves(Play play, List<Device> devices) {
    if (play.rollout().filter(rollout -> rollout.waves().isEmpty()).isPresent()) {
      // That they cannot be read is told already.
      return;
    }
    try {
      WavePlan.of(play, devices, request.inventory(), request.concurrency(), request.run());
    } catch (BadInput e) {
      problems.addAll(e.problems());
    }
    play.rollout().ifPresent(rollout -> webhook(play, rollout));
  }

  private void webhook(Play play, RolloutKeywords rollout) {
    try {
      Set<String> names = Templates.free(rollout.webhook().orElse("")).names();
      Set<String> known = Webhooks.variables(request, play).names();
      names.stream()
          .filter(name -> !known.contains(name))
          .sorted()
          .map(
              name ->
                  Problem.at(
                      rollout.place(),
                      "the variable '" + name + "' of the webhook is not defined",
                      "set it in the play's vars, for the group all, or with -e: the webhook is"
                          + " called for no device"))
          .forEach(problems::add);
    } catch (BadInput e) {
      problems.addAll(e.at(rollout.place()).problems());
    }
  }

  // A play that says local would run on the controller what the inventory sends to a device, or the
  // other way round.
  private void connection(Play play, List<Device> devices) {
    Object wanted = play.variables().get(CONNECTION);
    Optional<Device> other =
        wanted == null
            ? Optional.empty()
            : devices.stream()
                .filter(device -> device.variables().containsKey(CONNECTION))
                .filter(device -> !wanted.equals(device.variables().get(CONNECTION)))
                .findFirst();
    other.ifPresent(
        device ->
            problems.add(
                Problem.at(
                    play.place(),
                    "this play wants the connection '"
                        + wanted
                        + "', the inventory has ansible_connection '"
                        + device.variables().get(CONNECTION)
                        + "' for "
                        + device.name(),
                    "remove one of them")));
  }
}
