package dev.edgefleet.run;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Prompt;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.terminal.Interactive;
import java.io.Console;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was answered to the prompts of a playbook.
 *
 * @param values by {@link #key}
 */
record PromptAnswers(Map<String, String> values) {
  static final PromptAnswers NONE = new PromptAnswers(Map.of());

  PromptAnswers {
    values = Map.copyOf(values);
  }

  /** Never shows the values. */
  @Override
  public String toString() {
    return "PromptAnswers" + values.keySet();
  }

  private static String key(Play play, Prompt prompt) {
    return play.number() + "." + prompt.name();
  }

  /** The play with those of its answers that are known. */
  Play in(Play play) {
    Map<String, @Nullable Object> answers = new LinkedHashMap<>();
    for (Prompt prompt : play.prompts()) {
      String value = values.get(key(play, prompt));
      if (value != null) {
        answers.put(prompt.name(), prompt.hidden() ? Secret.of(value) : value);
      }
    }
    return play.answered(answers);
  }

  /** Has all that is hidden masked in what this process prints. */
  void mask(List<Play> plays, Redactor redactor) {
    for (Play play : plays) {
      for (Prompt prompt : play.prompts()) {
        String value = values.get(key(play, prompt));
        if (value != null && prompt.hidden()) {
          redactor.learn(Secret.of(value));
        }
      }
    }
  }

  /**
   * Asks for all that {@code extra} does not set.
   *
   * @throws BadInput when there is a prompt without a default, and no terminal
   */
  static PromptAnswers ask(List<Play> plays, Map<String, @Nullable Object> extra) {
    if (plays.stream().allMatch(play -> play.prompts().isEmpty())) {
      return NONE;
    }
    Map<String, String> values = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    Optional<Console> console = Interactive.console();
    for (Play play : plays) {
      for (Prompt prompt : play.prompts()) {
        if (extra.containsKey(prompt.name())) {
          continue;
        }
        try {
          Asked asked = Asked.of(prompt, variables(play, extra));
          Optional<String> value =
              console.isPresent() ? asked.at(console.get()) : asked.otherwise();
          value.ifPresent(given -> values.put(key(play, prompt), given));
          if (value.isEmpty()) {
            problems.add(
                Problem.at(
                    prompt.place(),
                    "there is no terminal to ask for '" + prompt.name() + "' on",
                    "give it with -e "
                        + prompt.name()
                        + "=…, or -e @FILE when it is secret; or give the prompt a default"));
          }
        } catch (BadInput e) {
          problems.addAll(e.at(prompt.place()).problems());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    return new PromptAnswers(values);
  }

  private static Variables variables(Play play, Map<String, @Nullable Object> extra) {
    return Variables.of(play.variables()).over(play.variableFiles()).over(extra);
  }

  /** A prompt, its Jinja evaluated. */
  private record Asked(Prompt prompt, String question, Optional<String> otherwise) {
    static Asked of(Prompt prompt, Variables variables) {
      Templates templates = new Templates();
      String question =
          prompt
              .question()
              .map(text -> Templates.text(templates.evaluate(text, variables)))
              .orElse("input for " + prompt.name());
      Optional<String> otherwise =
          prompt.otherwise().map(raw -> Templates.text(templates.evaluate(raw, variables)));
      return new Asked(prompt, question, otherwise);
    }

    Optional<String> at(Console console) {
      boolean shown = otherwise.isPresent() && !prompt.hidden();
      String ask = question + (shown ? " [" + otherwise.get() + "]" : "") + ": ";
      while (true) {
        String typed = typed(console, ask);
        if (!prompt.twice() || typed.equals(typed(console, "again, " + ask))) {
          return Optional.of(typed.isEmpty() ? otherwise.orElse("") : typed);
        }
        console.printf("these two differ%n");
      }
    }

    private String typed(Console console, String ask) {
      if (!prompt.hidden()) {
        String line = console.readLine("%s", ask);
        return line == null ? "" : line;
      }
      char[] line = console.readPassword("%s", ask);
      return line == null ? "" : new String(line);
    }
  }
}
