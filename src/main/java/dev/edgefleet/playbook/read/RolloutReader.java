package dev.edgefleet.playbook.read;

import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.playbook.Condition;
import dev.edgefleet.playbook.FailureLimits;
import dev.edgefleet.playbook.GateKeywords;
import dev.edgefleet.playbook.RolloutKeywords;
import dev.edgefleet.playbook.UnreachableWord;
import dev.edgefleet.playbook.WaveKeywords;
import dev.edgefleet.playbook.WaveMembers;
import dev.edgefleet.playbook.WaveOrder;
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

  Optional<RolloutKeywords> rollout(ParsedKeywords play) {
    if (play.node(Keyword.ROLLOUT_WORDS).orElse(null) instanceof YamlNode.Mapping mapping) {
      notBeside(play);
      return Optional.of(
          rollout(mapping, play.entry(Keyword.ROLLOUT_WORDS).orElseThrow().keyPlace()));
    }
    return Optional.empty();
  }

  private void notBeside(ParsedKeywords play) {
    notBeside(play, Keyword.SERIAL, "the waves say how many devices go together; remove it");
    notBeside(play, Keyword.MAX_FAIL_PERCENTAGE, "write it under rollout, or at one of its waves");
    if (play.truth(Keyword.ANY_ERRORS_FATAL).orElse(false)) {
      notBeside(play, Keyword.ANY_ERRORS_FATAL, "write max_failures: 0 under rollout instead");
    }
  }

  private void notBeside(ParsedKeywords play, Keyword word, String remedy) {
    play.entry(word)
        .ifPresent(
            entry ->
                problems.add(
                    Problem.at(
                        entry.keyPlace(),
                        "'" + word.text() + "' cannot stand beside 'rollout'",
                        remedy)));
  }

  private RolloutKeywords rollout(YamlNode.Mapping mapping, Place place) {
    ParsedKeywords given = read(mapping, StatementKind.ROLLOUT);
    if (mapping.get(Keyword.WAVES.text()).isEmpty()) {
      problems.add(
          Problem.at(
              place,
              "this rollout has no 'waves'",
              "list them, as in waves: [{group: canary}, {rest: true}]"));
    }
    return new RolloutKeywords(
        place,
        waves(given.node(Keyword.WAVES).map(ParsedKeywords::items).orElse(List.of())),
        budget(given),
        given
            .text(Keyword.UNREACHABLE)
            .map(word -> UnreachableWord.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(UnreachableWord.FAILED),
        given.node(Keyword.WEBHOOK).flatMap(node -> Optional.ofNullable(node.value())));
  }

  private List<WaveKeywords> waves(List<YamlNode> nodes) {
    List<WaveKeywords> waves = new ArrayList<>();
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

  private Optional<WaveKeywords> wave(YamlNode.Mapping mapping, int number, boolean last) {
    ParsedKeywords given = read(mapping, StatementKind.WAVE);
    Optional<WaveMembers> members = members(given);
    if (!last && members.orElse(null) instanceof WaveMembers.Rest) {
      problems.add(
          Problem.at(
              given.entry(Keyword.REST).orElseThrow().keyPlace(),
              "a wave after this one would have no device: 'rest' takes all that are left",
              "make it the last wave"));
    }
    Optional<GateKeywords> gate = gate(given);
    return members.map(
        which ->
            new WaveKeywords(
                mapping.place(),
                given.text(Keyword.NAME).orElseGet(() -> name(which, number)),
                which,
                given
                    .text(Keyword.ORDER)
                    .map(word -> WaveOrder.valueOf(word.toUpperCase(Locale.ROOT)))
                    .orElse(WaveOrder.INVENTORY),
                whole(given, Keyword.CONCURRENCY),
                budget(given),
                given.duration(Keyword.SOAK).orElse(Duration.ZERO),
                gate,
                given.truth(Keyword.APPROVE).orElse(false)));
  }

  private static String name(WaveMembers members, int number) {
    return members instanceof WaveMembers.Group group ? group.pattern() : "wave " + number;
  }

  // A word that is given wrongly is a problem already, and not missing as well.
  private Optional<WaveMembers> members(ParsedKeywords given) {
    List<Keyword> words =
        List.of(Keyword.GROUP, Keyword.COUNT, Keyword.PERCENT, Keyword.REST).stream()
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
    Keyword word = words.getFirst();
    return given.node(word).flatMap(node -> members(given, word, node));
  }

  private Optional<WaveMembers> members(ParsedKeywords given, Keyword word, YamlNode node) {
    return switch (word) {
      case GROUP -> {
        String pattern = String.join(",", given.splitTexts(word));
        if (pattern.isEmpty() || ValueType.holdsTemplate(pattern)) {
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

  private Optional<GateKeywords> gate(ParsedKeywords wave) {
    if (!(wave.node(Keyword.GATE_WORDS).orElse(null) instanceof YamlNode.Mapping mapping)) {
      return Optional.empty();
    }
    ParsedKeywords given = read(mapping, StatementKind.GATE);
    Place place = wave.entry(Keyword.GATE_WORDS).orElseThrow().keyPlace();
    List<String> modules = given.texts(Keyword.MODULES);
    List<Condition> that = given.conditions(Keyword.THAT);
    boolean said = given.said(Keyword.MODULES) || given.said(Keyword.THAT);
    if (modules.isEmpty() && that.isEmpty() && (!said || nothingWrong(given))) {
      problems.add(
          Problem.at(
              place,
              "this gate asks for nothing",
              "write modules: [edgeAgent, edgeHub], or that: with an expression"));
    }
    if (given.said(Keyword.RUNNING_FOR) && !given.said(Keyword.MODULES)) {
      problems.add(
          Problem.at(
              given.entry(Keyword.RUNNING_FOR).map(YamlNode.Entry::keyPlace).orElse(place),
              "'running_for' means nothing without 'modules'",
              "add modules, or remove it"));
    }
    return Optional.of(
        new GateKeywords(
            place,
            modules,
            given.duration(Keyword.RUNNING_FOR).orElse(Duration.ZERO),
            that,
            given.duration(Keyword.WITHIN).orElse(Duration.ZERO),
            given.duration(Keyword.EVERY).orElse(EVERY),
            given.share(Keyword.HEALTHY).orElse(ALL)));
  }

  private static boolean nothingWrong(ParsedKeywords given) {
    return (!given.said(Keyword.MODULES) || given.node(Keyword.MODULES).isPresent())
        && (!given.said(Keyword.THAT) || given.node(Keyword.THAT).isPresent());
  }

  private ParsedKeywords read(YamlNode.Mapping mapping, StatementKind statement) {
    ParsedKeywords given = ParsedKeywords.read(mapping, statement, problems);
    given
        .others()
        .forEach(
            entry -> problems.add(new UnknownKeyword(entry, statement).problem(false, Set.of())));
    return given;
  }

  private static FailureLimits budget(ParsedKeywords given) {
    return new FailureLimits(whole(given, Keyword.MAX_FAILURES), given.share(Keyword.FAILED_SHARE));
  }

  private static Optional<Integer> whole(ParsedKeywords given, Keyword word) {
    return given.text(word).map(Integer::valueOf);
  }
}
