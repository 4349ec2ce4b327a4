package dev.edgefleet.playbook;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a statement has from those around it. */
record Scope(
    Keywords keywords,
    Set<String> tags,
    Map<String, @Nullable Object> variables,
    List<Condition> when,
    List<String> notifies) {
  static final Scope NONE = new Scope(Keywords.NONE, Set.of(), Map.of(), List.of(), List.of());

  /** The scope inside a statement: its own words over those from around it. */
  Scope inside(Given given) {
    Set<String> allTags = new LinkedHashSet<>(tags);
    allTags.addAll(given.splitTexts(Word.TAGS));
    List<String> own = given.texts(Word.NOTIFY);
    return new Scope(
        keywords(given),
        allTags,
        merged(variables, given.mapping(Word.VARS)),
        Stream.concat(when.stream(), given.conditions(Word.WHEN).stream()).toList(),
        own.isEmpty() ? notifies : own);
  }

  /** As {@link #inside}, for an imported playbook: the outermost import's variables win. */
  Scope importing(Given given) {
    Scope inside = inside(given);
    return new Scope(
        keywords,
        inside.tags,
        merged(given.mapping(Word.VARS), variables),
        inside.when,
        inside.notifies);
  }

  /** As {@link #inside}, for a play, whose variables its tasks do not have themselves. */
  Scope insidePlay(Given given) {
    Scope inside = inside(given);
    return new Scope(inside.keywords, inside.tags, variables, inside.when, inside.notifies);
  }

  private Keywords keywords(Given given) {
    return new Keywords(
        new BecomeWords(given.condition(Word.BECOME), given.text(Word.BECOME_USER))
            .within(keywords.become()),
        merged(keywords.environment(), given.mapping(Word.ENVIRONMENT)),
        given.condition(Word.IGNORE_ERRORS).or(keywords::ignoreErrors),
        given.condition(Word.IGNORE_UNREACHABLE).or(keywords::ignoreUnreachable),
        given.condition(Word.NO_LOG).or(keywords::noLog),
        given.truth(Word.ANY_ERRORS_FATAL).orElse(keywords.anyErrorsFatal()),
        given.truth(Word.CHECK_MODE).or(keywords::checkMode),
        given.truth(Word.RUN_ONCE).orElse(keywords.runOnce()),
        given.text(Word.DELEGATE_TO).isPresent() || keywords.onController(),
        given.number(Word.TIMEOUT).or(keywords::timeout));
  }

  static Map<String, @Nullable Object> merged(
      Map<String, @Nullable Object> outer, Map<String, @Nullable Object> inner) {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(outer);
    merged.putAll(inner);
    return merged;
  }
}
