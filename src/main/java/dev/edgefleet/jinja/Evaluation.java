package dev.edgefleet.jinja;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.jinja.syntax.Notation;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.LazyList;
import dev.edgefleet.jinja.value.LazyMap;
import dev.edgefleet.jinja.value.PlainValues;
import dev.edgefleet.jinja.value.TaintedValue;
import dev.edgefleet.jinja.value.Undefined;
import dev.edgefleet.jinja.value.UndefinedUse;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation: looks variables up, follows those that are templates themselves, notices circles,
 * and keeps track of which values were made from secrets.
 */
public final class Evaluation {
  static final Duration LONGEST = Duration.ofSeconds(10);
  private static final ScopedValue<Evaluation> CURRENT = ScopedValue.newInstance();
  private static final int MOST_VIEWS = 40;

  private final Templates templates;
  private final Variables variables;
  private final @Nullable Evaluation outer;
  private final int depth;
  private final long deadline;
  private final Set<String> open = new LinkedHashSet<>();
  private final Map<String, TaintedValue> known = new HashMap<>();
  // Of the expression that is being evaluated:
  private boolean tainted;
  private List<String> plain = new ArrayList<>();

  Evaluation(Templates templates, Variables variables) {
    this.templates = templates;
    this.variables = variables;
    outer = CURRENT.isBound() ? CURRENT.get() : null;
    depth = outer == null ? 0 : outer.depth + 1;
    deadline = outer == null ? System.nanoTime() + LONGEST.toNanos() : outer.deadline;
  }

  /** Ends the evaluation that this thread is in when its time is over. */
  public static void tick() {
    if (CURRENT.isBound()) {
      CURRENT.get().checkTime();
    }
  }

  private void checkTime() {
    if (System.nanoTime() - deadline > 0) {
      throw new TemplateError(
          "it takes more than " + LONGEST.toSeconds() + " seconds", "do less in one expression");
    }
  }

  /** Does the work; whatever goes wrong is {@code BadInput}. */
  <R extends @Nullable Object> R run(Supplier<R> work) {
    if (depth > MOST_VIEWS) {
      throw new BadInput(
          "variables of devices refer to each other in a circle", "break the circle");
    }
    try {
      return ScopedValue.where(CURRENT, this).call(work::get);
    } catch (UndefinedUse e) {
      throw problem(e);
    } catch (TemplateError e) {
      throw new BadInput(e.found(), e.remedy());
    } catch (StackOverflowError e) {
      throw new BadInput(
          "the expression goes too deep", "look for a macro that calls itself for ever");
    }
  }

  /** What the operator wrote, evaluated; containers when they are looked at. */
  private @Nullable Object lazy(@Nullable Object raw, boolean literal) {
    return switch (raw) {
      case String text -> literal ? text : text(text);
      case Map<?, ?> map -> new LazyMap(this, map, literal);
      case List<?> items -> new LazyList(this, items, literal);
      case java.util.Collection<?> items -> new LazyList(this, new ArrayList<>(items), literal);
      case Secret secret -> revealed(secret);
      case Integer number -> number.longValue();
      case null, default -> raw;
    };
  }

  private String revealed(Secret secret) {
    tell(secret);
    return secret.reveal();
  }

  private void tell(Secret secret) {
    for (Evaluation one = this; one != null; one = one.outer) {
      one.tainted = true;
      one.variables.secrets().accept(secret);
    }
  }

  /** Evaluates a value for itself; what is undefined in it stays so. */
  public TaintedValue cell(@Nullable Object raw, boolean literal) {
    boolean before = tainted;
    List<String> plainBefore = plain;
    tainted = false;
    plain = new ArrayList<>();
    try {
      Object value;
      try {
        value = lazy(raw, literal);
      } catch (UndefinedUse e) {
        value = e.value();
      }
      return new TaintedValue(value, tainted);
    } finally {
      tainted = before;
      plain = plainBefore;
    }
  }

  /** A value that an expression looks at. */
  public @Nullable Object use(TaintedValue cell) {
    if (cell.tainted()) {
      taint();
    } else if (cell.value() instanceof String text) {
      plain.add(text);
    }
    return cell.value();
  }

  boolean isTainted() {
    return tainted;
  }

  void taint() {
    for (Evaluation one = this; one != null; one = one.outer) {
      one.tainted = true;
    }
  }

  /**
   * One expression: when it looked at a secret, the texts it gives are secrets too, but those that
   * are a variable's own and were made from none.
   */
  @Nullable Object expression(Supplier<@Nullable Object> work) {
    boolean before = tainted;
    List<String> plainBefore = plain;
    tainted = false;
    plain = new ArrayList<>();
    try {
      Object value = work.get();
      if (tainted) {
        tellOf(value, new HashSet<>(plain));
      }
      return value;
    } finally {
      tainted |= before;
      plain = plainBefore;
    }
  }

  private void tellOf(@Nullable Object value, Set<String> notSecret) {
    switch (value) {
      case String text -> {
        if (text.length() >= Redactor.SHORTEST && !notSecret.contains(text)) {
          tell(Secret.of(text));
        }
      }
      case LazyMap ignored -> {}
      case LazyList ignored -> {}
      case Map<?, ?> map ->
          map.forEach(
              (key, item) -> {
                tellOf(key, notSecret);
                tellOf(item, notSecret);
              });
      case List<?> items -> items.forEach(item -> tellOf(item, notSecret));
      case null, default -> {}
    }
  }

  private @Nullable Object text(String text) {
    Template template = templates.parsed(text, Template.Form.TEXT);
    return template.isPlain() ? text : new Renderer(this, template).value();
  }

  @Nullable Object evaluate(@Nullable Object raw) {
    return PlainValues.of(lazy(raw, false));
  }

  String render(String text, Notation notation) {
    Template template = templates.parsed(text, Template.Form.FILE, notation);
    return new Renderer(this, template).text();
  }

  boolean mayRunPrograms() {
    return templates.mayRunPrograms();
  }

  /** A template file's text, as a part of this evaluation: what it is made from taints this one. */
  String rendered(String text, Map<String, ? extends @Nullable Object> more) {
    Variables all = variables.over(more);
    return templates.render(text, all);
  }

  /** The items of {@code with_NAME}. */
  @Nullable Object loop(String name, @Nullable Object raw) {
    Object terms = lazy(raw, false);
    List<? extends @Nullable Object> list =
        terms instanceof List<?> items ? items : Collections.singletonList(terms);
    return PlainValues.of(new Lookups(this).loop(name, list));
  }

  boolean condition(Object raw) {
    Object value = raw instanceof String text ? conditionValue(text) : lazy(raw, false);
    return switch (value) {
      case String text when text.isEmpty() -> raw.equals("");
      case String text when text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false") ->
          Boolean.parseBoolean(text);
      case String text ->
          throw new BadInput(
              "the condition '" + raw + "' gives the text '" + shown(text) + "', not true or false",
              "compare it with something, as in: name == 'value'");
      case null, default -> JinjaValues.truth(value);
    };
  }

  // A text made from a secret must not come into a message.
  private String shown(String text) {
    return tainted ? "***" : text;
  }

  private @Nullable Object conditionValue(String text) {
    if (text.isBlank()) {
      return "";
    }
    boolean braces = text.strip().startsWith("{{") || text.contains("{%");
    Template template =
        templates.parsed(text, braces ? Template.Form.TEXT : Template.Form.EXPRESSION);
    return new Renderer(this, template).unprinted();
  }

  /** A variable or one of the names that are always there. */
  Optional<Variables.Value> lookUp(String name) {
    TaintedValue cell = known.get(name);
    if (cell == null) {
      Optional<Variables.Value> raw = variables.find(name);
      if (raw.isEmpty()) {
        return name.equals("vars")
            ? Optional.of(new Variables.Value(new VariablesView(templates, () -> variables), true))
            : Optional.empty();
      }
      cell = opened(name, raw.get());
      known.put(name, cell);
    }
    return Optional.of(new Variables.Value(use(cell), true));
  }

  private TaintedValue opened(String name, Variables.Value raw) {
    if (!open.add(name)) {
      throw new BadInput(
          "the variable '"
              + name
              + "' refers to itself: "
              + String.join(" -> ", open)
              + " -> "
              + name,
          "break the circle");
    }
    try {
      return cell(raw.value(), raw.literal());
    } finally {
      open.remove(name);
    }
  }

  private BadInput problem(UndefinedUse use) {
    Undefined undefined = use.value();
    // "in 'x'" says nothing more when x is the name itself.
    String in = use.in().equals(" in '{{ " + undefined.name() + " }}'") ? "" : use.in();
    String remedy =
        undefined
            .near()
            .get()
            .map(near -> "did you mean '" + near + "'?")
            .orElseGet(() -> remedy(undefined));
    return new BadInput(undefined.found() + in, remedy);
  }

  private String remedy(Undefined undefined) {
    String name = undefined.name();
    if (undefined.hint().isPresent()) {
      return "give it a value, or guard it with 'is defined' or default(...)";
    }
    if (name.contains(".") || name.contains("[")) {
      return "check its spelling; the result of a skipped step has no values: see 'is skipped'";
    }
    return Nearest.to(name, variables.names())
        .map(near -> "did you mean '" + near + "'?")
        .orElse("set it in the inventory, in the play's vars, or with -e " + name + "=…");
  }
}
