package dev.edgefleet.jinja;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.jinja.python.PythonText;
import dev.edgefleet.jinja.syntax.Notation;
import dev.edgefleet.jinja.value.PlainValues;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates Jinja as Ansible does. Safe for use by many threads.
 *
 * <p>What a template gives is never evaluated again, so that text which came from a device cannot
 * become an expression. An evaluation that takes over ten seconds or makes over 64 MB of text ends
 * with {@code BadInput}.
 */
public final class Templates {
  // Playbooks have hundreds of expressions; a text that is different each time must not pile up.
  private static final int MOST_PARSED = 4096;
  private static final int LONGEST_KEPT = 1 << 16;

  private final Map<Key, Template> parsed = new ConcurrentHashMap<>();
  private final boolean programs;

  private record Key(String text, Template.Form form, Notation notation) {}

  public Templates() {
    this(true);
  }

  private Templates(boolean programs) {
    this.programs = programs;
  }

  /** Evaluates what needs no program of the controller; what does is {@code BadInput}. */
  public static Templates withoutPrograms() {
    return new Templates(false);
  }

  boolean mayRunPrograms() {
    return programs;
  }

  /**
   * A value with every template in it evaluated, lists and mappings included. A text that is one
   * expression and nothing else keeps the expression's type: null, {@code Boolean}, {@code Long},
   * {@code BigInteger}, {@code Double}, {@code String}, {@code List} or {@code Map<String, ...>}.
   *
   * @throws BadInput without a place; see {@link BadInput#at}
   */
  public @Nullable Object evaluate(@Nullable Object raw, Variables variables) {
    Evaluation evaluation = new Evaluation(this, variables);
    return evaluation.run(() -> evaluation.evaluate(raw));
  }

  /**
   * The items of a loop {@code with_NAME}: what its lookup gives for these terms.
   *
   * @throws BadInput without a place, as {@link #evaluate}
   */
  public @Nullable Object loop(String name, @Nullable Object raw, Variables variables) {
    Evaluation evaluation = new Evaluation(this, variables);
    return evaluation.run(() -> evaluation.loop(name, raw));
  }

  /**
   * A bare expression, as in {@code when}.
   *
   * @throws BadInput when it is undefined or a text
   */
  public boolean condition(Object expression, Variables variables) {
    Evaluation evaluation = new Evaluation(this, variables);
    return evaluation.run(() -> evaluation.condition(expression));
  }

  /**
   * A template file's text: escapes in quoted texts mean what they mean in Python, and the result
   * is text whatever it holds. Line breaks behind statements go, white space before them stays.
   *
   * @throws BadInput with line and column of the template in its message
   */
  public String render(String text, Variables variables) {
    return render(text, variables, Notation.COMMON);
  }

  /** As {@link #render(String, Variables)}, for a file with marks of its own. */
  public String render(String text, Variables variables, Notation notation) {
    Evaluation evaluation = new Evaluation(this, variables);
    return evaluation.run(() -> evaluation.render(text, notation));
  }

  /** The evaluated value of one variable; empty when there is none of that name, or it is null. */
  public Optional<Object> variable(String name, Variables variables) {
    return Optional.ofNullable(valueOf(name, variables));
  }

  @Nullable Object valueOf(String name, Variables variables) {
    Evaluation evaluation = new Evaluation(this, variables);
    return evaluation.run(
        () -> evaluation.lookUp(name).map(found -> PlainValues.of(found.value())).orElse(null));
  }

  /**
   * Variables as a mapping that evaluates a variable when it is asked for: what {@code hostvars}
   * holds for a device.
   */
  public Map<String, @Nullable Object> view(Supplier<Variables> variables) {
    return new VariablesView(this, variables);
  }

  /** A value as Python prints it: {@code True}, {@code None}, {@code {'a': 1}}, {@code ['x']}. */
  public static String text(@Nullable Object value) {
    return PythonText.of(value);
  }

  /**
   * The variables that a value's templates cannot do without. Nothing is evaluated.
   *
   * @param raw a text, or a list or mapping of texts
   * @throws BadInput for what is wrong whatever the variables are: syntax, unknown filters, tests
   *     and lookups
   */
  public static FreeNames free(@Nullable Object raw) {
    return FreeNames.ofValue(raw);
  }

  /** As {@link #free}, for a bare expression as in {@code when}. */
  public static FreeNames freeInCondition(Object expression) {
    return FreeNames.ofCondition(expression);
  }

  /** As {@link #free}, for the text of a template file. */
  public static FreeNames freeInFile(String text) {
    return FreeNames.ofFile(text);
  }

  Template parsed(String text, Template.Form form) {
    return parsed(text, form, Notation.COMMON);
  }

  Template parsed(String text, Template.Form form, Notation notation) {
    Key key = new Key(text, form, notation);
    Template known = parsed.get(key);
    if (known == null) {
      known = Template.parse(text, form, notation);
      if (text.length() > LONGEST_KEPT) {
        return known;
      }
      if (parsed.size() >= MOST_PARSED) {
        parsed.clear();
      }
      parsed.put(key, known);
    }
    return known;
  }
}
