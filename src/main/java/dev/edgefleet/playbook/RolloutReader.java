package dev.edgefleet.playbook;

import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a play's {@code rollout} with its waves and their gates. */
final class RolloutReader {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final double ALL = 100;

  private final List<Problem> problems;

  RolloutReader(List<Problem> problems) {
    this.problems = problems;
  }

  Optional<RolloutWords> rollout(Given play) {
    if (play.node(Word.ROLLOUT_WORDS).orElse(null) instanceof YamlNode.Mapping mapping) {
      notBeside(play);
      return Optional.of(rollout(mapping, play.entry(Word.ROLLOUT_WORDS).orElseThrow().keyPlace()));
    }
    return Optional.empty();
  }

  private void notBeside(Given play) {
    notBeside(play, Word.SERIAL, "the waves say how many devices go together; remove it");
    notBeside(play, Word.MAX_FAIL_PERCENTAGE, "write it under rollout, or at one of its waves");
    if (play.truth(Word.ANY_ERRORS_FATAL).orElse(false)) {
      notBeside(play, Word.ANY_ERRORS_FATAL, "write max_failures: 0 under rollout instead");
    }
  }

  private void notBeside(Given play, Word word, String remedy) {
    play.entry(word)
        .ifPresent(
            entry ->
                problems.add(
                    Problem.at(
                        entry.keyPlace(),
                        "'" + word.text() + "' cannot stand beside 'rollout'",
                        remedy)));
  }

  private RolloutWords rollout(YamlNode.Mapping mapping, Place place) {
    Given given = read(mapping, Statement.ROLLOUT);
    if (mapping.get(Word.WAVES.text()).isEmpty()) {
      problems.add(
          Problem.at(
              place,
              "this rollout has no 'waves'",
              "list them, as in waves: [{group: canary}, {rest: true}]"));
    }
    return new RolloutWords(
        place,
        waves(given.node(Word.WAVES).map(Given::items).orElse(List.of())),
        budget(given),
        given
            .text(Word.UNREACHABLE)
            .map(word -> UnreachableWord.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(UnreachableWord.FAILED),
        given.node(Word.WEBHOOK).flatMap(node -> Optional.ofNullable(node.value())));
  }

  private List<WaveWords> waves(List<YamlNode> nodes) {
    List<WaveWords> waves = new ArrayList<>();
    Map<String, Place> names = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) instanceof YamlNode.Mapping mapping) {
        wave(mapping, i + 1, i + 1 == nodes.size())
            .ifPresent(
                wave -> {
                  Place first = names.putIfAbsent(wave.name(), wave.place());
                  if (first != null) {
                    problems.add(
                        Problem.at(
                            wave.place(),
                            "two waves are called '"
                                + wave.name()
                                + "', the other one in line "
                                + first.line(),
                            "give one of them another name"));
                  }
                  waves.add(wave);
                });
      } else {
        problems.add(
            Problem.at(
                nodes.get(i).place(),
                "a wave is a mapping, found " + nodes.get(i).kind(),
                "write which devices it is for, as in '- group: canary'"));
      }
    }
    return waves;
  }

  private Optional<WaveWords> wave(YamlNode.Mapping mapping, int number, boolean last) {
    Given given = read(mapping, Statement.WAVE);
    Optional<WaveMembers> members = members(given);
    if (!last && members.orElse(null) instanceof WaveMembers.Rest) {
      problems.add(
          Problem.at(
              given.entry(Word.REST).orElseThrow().keyPlace(),
              "a wave after this one would have no device: 'rest' takes all that are left",
              "make it the last wave"));
    }
    Optional<GateWords> gate = gate(given);
    return members.map(
        which ->
            new WaveWords(
                mapping.place(),
                given.text(Word.NAME).orElseGet(() -> name(which, number)),
                which,
                given
                    .text(Word.ORDER)
                    .map(word -> WaveOrder.valueOf(word.toUpperCase(Locale.ROOT)))
                    .orElse(WaveOrder.INVENTORY),
                whole(given, Word.CONCURRENCY),
                budget(given),
                given.duration(Word.SOAK).orElse(Duration.ZERO),
                gate,
                given.truth(Word.APPROVE).orElse(false)));
  }

  private static String name(WaveMembers members, int number) {
    return members instanceof WaveMembers.Group group ? group.pattern() : "wave " + number;
  }

  // A word that is given wrongly is a problem already, and not missing as well.
  private Optional<WaveMembers> members(Given given) {
    List<Word> words =
        List.of(Word.GROUP, Word.COUNT, Word.PERCENT, Word.REST).stream()
            .filter(word -> given.mapping().get(word.text()).isPresent())
            .toList();
    if (words.size() != 1) {
      problems.add(
          Problem.at(
              given.mapping().place(),
              words.isEmpty()
                  ? "this wave does not say which devices it is for"
                  : "this wave has both '"
                      + words.get(0).text()
                      + "' and '"
                      + words.get(1).text()
                      + "'",
              "write one of group, count, percent and rest"));
      return Optional.empty();
    }
    Word word = words.getFirst();
    return given.node(word).flatMap(node -> members(given, word, node));
  }

  private Optional<WaveMembers> members(Given given, Word word, YamlNode node) {
    return switch (word) {
      case GROUP -> {
        String pattern = String.join(",", given.splitTexts(word));
        if (pattern.isEmpty() || Form.holdsTemplate(pattern)) {
          problems.add(
              Problem.at(
                  node.place(),
                  "'group' cannot " + (pattern.isEmpty() ? "be empty" : "hold Jinja"),
                  "name a group, or write a host pattern"));
          yield Optional.empty();
        }
        yield Optional.of(new WaveMembers.Group(node.place(), pattern));
      }
      case COUNT -> whole(given, word).map(WaveMembers.Count::new);
      case PERCENT -> given.share(word).map(WaveMembers.Percent::new);
      default -> Optional.of(new WaveMembers.Rest());
    };
  }

  private Optional<GateWords> gate(Given wave) {
    if (!(wave.node(Word.GATE_WORDS).orElse(null) instanceof YamlNode.Mapping mapping)) {
      return Optional.empty();
    }
    Given given = read(mapping, Statement.GATE);
    Place place = wave.entry(Word.GATE_WORDS).orElseThrow().keyPlace();
    List<String> modules = given.texts(Word.MODULES);
    List<Condition> that = given.conditions(Word.THAT);
    boolean said = given.said(Word.MODULES) || given.said(Word.THAT);
    if (modules.isEmpty() && that.isEmpty() && (!said || nothingWrong(given))) {
      problems.add(
          Problem.at(
              place,
              "this gate asks for nothing",
              "write modules: [edgeAgent, edgeHub], or that: with an expression"));
    }
    if (given.said(Word.RUNNING_FOR) && !given.said(Word.MODULES)) {
      problems.add(
          Problem.at(
              given.entry(Word.RUNNING_FOR).map(YamlNode.Entry::keyPlace).orElse(place),
              "'running_for' means nothing without 'modules'",
              "add modules, or remove it"));
    }
    return Optional.of(
        new GateWords(
            place,
            modules,
            given.duration(Word.RUNNING_FOR).orElse(Duration.ZERO),
            that,
            given.duration(Word.WITHIN).orElse(Duration.ZERO),
            given.duration(Word.EVERY).orElse(EVERY),
            given.share(Word.HEALTHY).orElse(ALL)));
  }

  private static boolean nothingWrong(Given given) {
    return (!given.said(Word.MODULES) || given.node(Word.MODULES).isPresent())
        && (!given.said(Word.THAT) || given.node(Word.THAT).isPresent());
  }

  private Given read(YamlNode.Mapping mapping, Statement statement) {
    Given given = Given.read(mapping, statement, problems);
    given
        .others()
        .forEach(entry -> problems.add(new UnknownWord(entry, statement).problem(false, Set.of())));
    return given;
  }

  private static BudgetWords budget(Given given) {
    return new BudgetWords(whole(given, Word.MAX_FAILURES), given.share(Word.FAILED_SHARE));
  }

  private static Optional<Integer> whole(Given given, Word word) {
    return given.text(word).map(Integer::valueOf);
  }
}
