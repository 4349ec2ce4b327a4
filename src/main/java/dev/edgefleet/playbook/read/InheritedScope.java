package dev.edgefleet.playbook.read;

import dev.edgefleet.playbook.BecomeKeywords;
import dev.edgefleet.playbook.Condition;
import dev.edgefleet.playbook.Keywords;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a statement has from those around it. */
record InheritedScope(
    Keywords keywords,
    Set<String> tags,
    Map<String, @Nullable Object> variables,
    List<Condition> when,
    List<String> notifies) {
  static final InheritedScope NONE =
      new InheritedScope(Keywords.NONE, Set.of(), Map.of(), List.of(), List.of());

  /** The scope inside a statement: its own words over those from around it. */
  InheritedScope inside(ParsedKeywords given) {
    Set<String> allTags = new LinkedHashSet<>(tags);
    allTags.addAll(given.splitTexts(Keyword.TAGS));
    List<String> own = given.texts(Keyword.NOTIFY);
    return new InheritedScope(
        keywords(given),
        allTags,
        merged(variables, given.mapping(Keyword.VARS)),
        Stream.concat(when.stream(), given.conditions(Keyword.WHEN).stream()).toList(),
        own.isEmpty() ? notifies : own);
  }

  /** As {@link #inside}, for an imported playbook: the outermost import's variables win. */
  InheritedScope importing(ParsedKeywords given) {
    InheritedScope inside = inside(given);
    return new InheritedScope(
        keywords,
        inside.tags,
        merged(given.mapping(Keyword.VARS), variables),
        inside.when,
        inside.notifies);
  }

  /** As {@link #inside}, for a play, whose variables its tasks do not have themselves. */
  InheritedScope insidePlay(ParsedKeywords given) {
    InheritedScope inside = inside(given);
    return new InheritedScope(
        inside.keywords, inside.tags, variables, inside.when, inside.notifies);
  }

  private Keywords keywords(ParsedKeywords given) {
    return new Keywords(
        new BecomeKeywords(
                given.condition(Keyword.BECOME),
                given.text(Keyword.BECOME_USER),
                given.text(Keyword.BECOME_METHOD),
                given.text(Keyword.BECOME_EXE),
                given.text(Keyword.BECOME_FLAGS))
            .within(keywords.become()),
        merged(keywords.environment(), given.mapping(Keyword.ENVIRONMENT)),
        given.condition(Keyword.IGNORE_ERRORS).or(keywords::ignoreErrors),
        given.condition(Keyword.IGNORE_UNREACHABLE).or(keywords::ignoreUnreachable),
        given.condition(Keyword.NO_LOG).or(keywords::noLog),
        given.truth(Keyword.ANY_ERRORS_FATAL).orElse(keywords.anyErrorsFatal()),
        given.truth(Keyword.CHECK_MODE).or(keywords::checkMode),
        given.truth(Keyword.RUN_ONCE).orElse(keywords.runOnce()),
        given.text(Keyword.DELEGATE_TO).isPresent() || keywords.onController(),
        given.number(Keyword.THROTTLE).or(keywords::throttle),
        given.number(Keyword.TIMEOUT).or(keywords::timeout));
  }

  static Map<String, @Nullable Object> merged(
      Map<String, @Nullable Object> outer, Map<String, @Nullable Object> inner) {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(outer);
    merged.putAll(inner);
    return merged;
  }
}
