package dev.edgefleet.jinja;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.jinja.filter.Filter;
import dev.edgefleet.jinja.filter.Filters;
import dev.edgefleet.jinja.filter.Test;
import dev.edgefleet.jinja.filter.Tests;
import dev.edgefleet.jinja.python.PythonText;
import dev.edgefleet.jinja.python.TextMethods;
import dev.edgefleet.jinja.syntax.Expression;
import dev.edgefleet.jinja.syntax.Expression.CallArguments;
import dev.edgefleet.jinja.syntax.Statement;
import dev.edgefleet.jinja.syntax.Statement.Target;
import dev.edgefleet.jinja.value.Callable;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.LoopVariable;
import dev.edgefleet.jinja.value.MutableList;
import dev.edgefleet.jinja.value.MutableMap;
import dev.edgefleet.jinja.value.Namespace;
import dev.edgefleet.jinja.value.Tuple;
import dev.edgefleet.jinja.value.Undefined;
import dev.edgefleet.jinja.value.UndefinedUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Evaluates the statements and expressions of one template. */
public final class Renderer {
  private final Evaluation evaluation;
  private final Template template;
  private VariableScope scope = new VariableScope(null);
  // Once a statement has put something made from a secret into a local name, all local names count.
  private boolean localsTainted;

  Renderer(Evaluation evaluation, Template template) {
    this.evaluation = evaluation;
    this.template = template;
  }

  /** The value of one expression that stands alone, or a text. */
  @Nullable Object value() {
    Optional<Statement.Print> alone = alone();
    if (alone.isEmpty()) {
      return text();
    }
    List<Statement> statements = template.statements();
    Object value = printed(alone.get());
    boolean exact = statements.size() == 1 && template.trailing() == 0;
    if (exact || value instanceof Map || (value instanceof List)) {
      return value;
    }
    return text();
  }

  /** As {@link #value}, with white space around it of no account. */
  @Nullable Object unprinted() {
    return alone().isPresent() ? printed(alone().get()) : text().strip();
  }

  private Optional<Statement.Print> alone() {
    List<Statement> telling =
        template.statements().stream()
            .filter(one -> !(one instanceof Statement.Data data && data.text().isBlank()))
            .toList();
    return telling.size() == 1 && telling.getFirst() instanceof Statement.Print print
        ? Optional.of(print)
        : Optional.empty();
  }

  String text() {
    StringBuilder out = new StringBuilder();
    try {
      body(template.statements(), out);
    } catch (TemplateError e) {
      throw new BadInput(shown(e) + in(), e.remedy());
    }
    int missing = template.trailing() - Template.trailing(out, template.newline());
    return missing > 0 ? out + template.newline().repeat(missing) : out.toString();
  }

  private String in() {
    return " in '" + Template.shortened(template.source()) + "'";
  }

  private @Nullable Object printed(Statement.Print print) {
    return located(print.offset(), () -> evaluation.expression(() -> used(eval(print.value()))));
  }

  private static @Nullable Object used(@Nullable Object value) {
    if (value instanceof Undefined undefined) {
      if (undefined.isNothing()) {
        return "";
      }
      throw new UndefinedUse(undefined);
    }
    return value;
  }

  // Puts the expression, and in a file its place, into the message.
  private @Nullable Object located(int offset, Supplier<@Nullable Object> work) {
    try {
      return work.get();
    } catch (TemplateError e) {
      throw new BadInput(shown(e) + source(offset) + place(offset), e.remedy());
    } catch (UndefinedUse e) {
      throw e.placed() ? e : new UndefinedUse(shown(e.value()), source(offset) + place(offset));
    }
  }

  // A message may quote the value that did not fit: not one that was made from a secret.
  private String shown(TemplateError fault) {
    return evaluation.isTainted()
        ? "a value that was made from a secret, and is not shown, does not fit"
        : fault.found();
  }

  private Undefined shown(Undefined undefined) {
    String name = undefined.name();
    String last = name.substring(name.lastIndexOf('.') + 1);
    return evaluation.isTainted() && !template.source().contains(last)
        ? Undefined.because("a name that was made from a secret, and is not shown, is not defined")
        : undefined;
  }

  private String source(int offset) {
    return template.form() == Template.Form.FILE
        ? " in '" + Template.shortened(line(offset)) + "'"
        : in();
  }

  private String line(int offset) {
    String text = template.source().replace("\r\n", "\n");
    int at = Math.min(offset, text.length());
    int start = text.lastIndexOf('\n', Math.max(at - 1, 0)) + 1;
    int end = text.indexOf('\n', at);
    return text.substring(Math.min(start, at), end < 0 ? text.length() : end);
  }

  private String place(int offset) {
    return template.form() == Template.Form.FILE
        ? " (" + Template.place(template.source().replace("\r\n", "\n"), offset) + ")"
        : "";
  }

  private void body(List<Statement> statements, StringBuilder out) {
    for (Statement statement : statements) {
      Evaluation.tick();
      statement(statement, out);
      if (out.length() > Limits.LONGEST_TEXT) {
        Limits.text(out.length());
      }
    }
  }

  private void statement(Statement statement, StringBuilder out) {
    switch (statement) {
      case Statement.Data data -> out.append(data.text());
      case Statement.Print print -> {
        Object value = located(print.offset(), () -> evaluation.expression(() -> shown(print)));
        out.append(PythonText.of(value));
      }
      case Statement.If branches -> choose(branches, out);
      case Statement.For loop -> loop(loop, local(loop.over()), 0, out);
      case Statement.Set set -> assign(set.target(), local(set.value()));
      case Statement.SetBlock set -> {
        String text = inner(() -> captured(set.body()));
        assign(set.target(), filtered(set.filters(), text));
      }
      case Statement.Macro macro ->
          scope.set(
              macro.name(),
              new Macro(macro.name(), macro.parameters(), macro.body(), scope, Optional.empty()));
      case Statement.CallBlock block -> {
        Macro caller =
            new Macro("caller", block.parameters(), block.body(), scope, Optional.empty());
        out.append(
            PythonText.of(evaluation.expression(() -> call(block.call(), Optional.of(caller)))));
      }
      case Statement.FilterBlock block -> {
        String text = inner(() -> captured(block.body()));
        out.append(PythonText.of(filtered(block.filters(), text)));
      }
      case Statement.With with -> {
        List<@Nullable Object> values = new ArrayList<>();
        with.values().forEach(one -> values.add(local(one.value())));
        inner(
            () -> {
              for (int i = 0; i < values.size(); i++) {
                assign(with.values().get(i).target(), values.get(i));
              }
              body(with.body(), out);
              return "";
            });
      }
    }
  }

  private String shown(Statement.Print print) {
    Object value = used(eval(print.value()));
    return value == null ? "" : PythonText.of(value);
  }

  // The value of an expression that becomes a local name, or decides what becomes one.
  private @Nullable Object local(Expression expression) {
    boolean[] fromSecret = {false};
    Object value =
        evaluation.expression(
            () -> {
              Object found = eval(expression);
              fromSecret[0] = evaluation.isTainted();
              return found;
            });
    localsTainted |= fromSecret[0];
    return value;
  }

  private String captured(List<Statement> statements) {
    StringBuilder out = new StringBuilder();
    body(statements, out);
    localsTainted |= evaluation.isTainted();
    return out.toString();
  }

  private <R> R inner(Supplier<R> work) {
    return within(new VariableScope(scope), work);
  }

  private <R> R within(VariableScope other, Supplier<R> work) {
    VariableScope before = scope;
    scope = other;
    try {
      return work.get();
    } finally {
      scope = before;
    }
  }

  private @Nullable Object filtered(List<Expression.Filtered> filters, String text) {
    if (filters.isEmpty()) {
      return text;
    }
    return evaluation.expression(
        () -> {
          if (localsTainted) {
            evaluation.taint();
          }
          Object value = text;
          for (Expression.Filtered filter : filters) {
            value =
                filtered(
                    filter.name(), value, arguments(filter.arguments(), filterName(filter.name())));
          }
          return value;
        });
  }

  private void choose(Statement.If branches, StringBuilder out) {
    for (Statement.Branch branch : branches.branches()) {
      if (JinjaValues.truth(local(branch.condition()))) {
        body(branch.body(), out);
        return;
      }
    }
    body(branches.otherwise(), out);
  }

  private void loop(Statement.For loop, @Nullable Object over, int depth, StringBuilder out) {
    List<? extends @Nullable Object> items = JinjaValues.items(over);
    if (loop.filter().isPresent()) {
      MutableList kept = new MutableList();
      for (Object item : items) {
        inner(
            () -> {
              assign(loop.target(), item);
              return JinjaValues.truth(eval(loop.filter().get())) && kept.add(item);
            });
      }
      items = kept;
    }
    if (items.isEmpty()) {
      body(loop.otherwise(), out);
      return;
    }
    VariableScope around = scope;
    Optional<Callable> again =
        loop.recursive()
            ? Optional.of(
                arguments ->
                    within(
                        around,
                        () -> {
                          StringBuilder nested = new StringBuilder();
                          Object inner = arguments.bound("items!").get("items");
                          loop(loop, inner, depth + 1, nested);
                          return nested.toString();
                        }))
            : Optional.empty();
    LoopVariable state = new LoopVariable(items, depth, again);
    for (int i = 0; i < items.size(); i++) {
      state.at(i);
      Object item = items.get(i);
      inner(
          () -> {
            scope.set("loop", state);
            assign(loop.target(), item);
            body(loop.body(), out);
            return "";
          });
    }
  }

  private void assign(Target target, @Nullable Object value) {
    switch (target) {
      case Target.Variable variable -> scope.set(variable.name(), value);
      case Target.Member member -> {
        if (!(name(member.namespace()) instanceof Namespace namespace)) {
          throw new TemplateError(
              "'" + member.namespace() + "' is no namespace", "make one with namespace()");
        }
        namespace.values().put(member.attribute(), value);
      }
      case Target.Several several -> {
        List<?> values = JinjaValues.items(value);
        if (values.size() != several.targets().size()) {
          throw new TemplateError(
              several.targets().size() + " names are given " + values.size() + " values",
              "give as many names as there are values");
        }
        for (int i = 0; i < values.size(); i++) {
          assign(several.targets().get(i), values.get(i));
        }
      }
    }
  }

  private final class Macro implements Callable {
    private final String name;
    private final List<Statement.Parameter> parameters;
    private final List<Statement> body;
    private final VariableScope around;
    private final Optional<Macro> caller;

    Macro(
        String name,
        List<Statement.Parameter> parameters,
        List<Statement> body,
        VariableScope around,
        Optional<Macro> caller) {
      this.name = name;
      this.parameters = parameters;
      this.body = body;
      this.around = around;
      this.caller = caller;
    }

    Macro calledBy(Macro block) {
      return new Macro(name, parameters, body, around, Optional.of(block));
    }

    @Override
    public Object call(Arguments arguments) {
      localsTainted |= evaluation.isTainted();
      return within(
          new VariableScope(around),
          () -> {
            Map<String, @Nullable Object> named = new LinkedHashMap<>(arguments.named());
            List<? extends @Nullable Object> given = arguments.positional();
            for (int i = 0; i < parameters.size(); i++) {
              Statement.Parameter parameter = parameters.get(i);
              Object value;
              if (i < given.size()) {
                value = given.get(i);
              } else if (named.containsKey(parameter.name())) {
                value = named.remove(parameter.name());
              } else if (parameter.otherwise().isPresent()) {
                value = eval(parameter.otherwise().get());
              } else {
                value = Undefined.named(parameter.name());
              }
              scope.set(parameter.name(), value);
            }
            scope.set(
                "varargs",
                Tuple.of(given.subList(Math.min(given.size(), parameters.size()), given.size())));
            scope.set("kwargs", named);
            caller.ifPresent(block -> scope.set("caller", block));
            return captured(body);
          });
    }
  }

  private @Nullable Object eval(Expression expression) {
    return switch (expression) {
      case Expression.Constant constant -> constant.value();
      case Expression.Name name -> name(name.name());
      case Expression.ListOf list -> all(list.items());
      case Expression.TupleOf tuple -> Tuple.of(all(tuple.items()));
      case Expression.MapOf map -> map(map);
      case Expression.Unary unary -> Operators.unary(unary.operator(), used(eval(unary.operand())));
      case Expression.Binary binary -> {
        Object left = used(eval(binary.left()));
        yield Operators.binary(binary.operator(), left, used(eval(binary.right())));
      }
      case Expression.Concatenation parts ->
          TextMethods.joined(
              "", parts.parts().stream().map(part -> PythonText.of(eval(part))).toList());
      case Expression.And and -> {
        Object left = eval(and.left());
        yield JinjaValues.truth(left) ? eval(and.right()) : left;
      }
      case Expression.Or or -> {
        Object left = eval(or.left());
        yield JinjaValues.truth(left) ? left : eval(or.right());
      }
      case Expression.Not not -> !JinjaValues.truth(eval(not.operand()));
      case Expression.Comparison comparison -> compared(comparison);
      case Expression.Conditional conditional -> {
        if (JinjaValues.truth(eval(conditional.condition()))) {
          yield eval(conditional.then());
        }
        yield conditional.otherwise().isPresent()
            ? eval(conditional.otherwise().get())
            : Undefined.nothing();
      }
      case Expression.Attribute attribute ->
          Members.attribute(eval(attribute.of()), attribute.name(), () -> path(attribute.of()));
      case Expression.Item item ->
          Members.item(eval(item.of()), eval(item.key()), () -> path(item.of()));
      case Expression.Slice slice ->
          Members.slice(
              eval(slice.of()), bound(slice.start()), bound(slice.stop()), bound(slice.step()));
      case Expression.Call call -> call(call, Optional.empty());
      case Expression.Filtered filtered -> {
        Object value = eval(filtered.of());
        yield filtered(
            filtered.name(), value, arguments(filtered.arguments(), filterName(filtered.name())));
      }
      case Expression.Tested tested -> {
        Object value = eval(tested.of());
        yield tested(
            tested.name(),
            value,
            arguments(tested.arguments(), "the test '" + tested.name() + "'"));
      }
    };
  }

  private static String filterName(String name) {
    return "the filter '" + name + "'";
  }

  private @Nullable Object name(String name) {
    Optional<VariableScope.Found> local = scope.find(name);
    if (local.isPresent()) {
      if (localsTainted) {
        evaluation.taint();
      }
      return local.get().value();
    }
    Optional<Variables.Value> variable = evaluation.lookUp(name);
    if (variable.isPresent()) {
      return variable.get().value();
    }
    Callable function = Functions.find(name, evaluation);
    return function == null ? Undefined.named(name) : function;
  }

  private MutableList all(List<Expression> expressions) {
    MutableList result = new MutableList();
    expressions.forEach(one -> result.add(eval(one)));
    return result;
  }

  private MutableMap map(Expression.MapOf map) {
    MutableMap result = new MutableMap();
    for (Expression.Entry entry : map.entries()) {
      Object key = used(eval(entry.key()));
      if (key instanceof Map || (key instanceof List && !(key instanceof Tuple))) {
        throw new TemplateError("a key is " + JinjaValues.kind(key), "keys are texts or numbers");
      }
      result.put(key, eval(entry.value()));
    }
    return result;
  }

  private @Nullable Object bound(Optional<Expression> expression) {
    return expression.isPresent() ? used(eval(expression.get())) : null;
  }

  private boolean compared(Expression.Comparison comparison) {
    Object left = eval(comparison.first());
    for (Expression.Step step : comparison.steps()) {
      Object right = eval(step.operand());
      if (!Relations.holds(step.relation(), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private static String path(Expression expression) {
    return switch (expression) {
      case Expression.Name name -> name.name();
      case Expression.Attribute attribute -> path(attribute.of()) + "." + attribute.name();
      case Expression.Item(Expression of, Expression.Constant(String key)) -> path(of) + "." + key;
      case Expression.Item(Expression of, Expression.Constant(Long key)) ->
          path(of) + "[" + key + "]";
      case Expression.Item item -> path(item.of()) + "[…]";
      default -> "(…)";
    };
  }

  private @Nullable Object call(Expression.Call call, Optional<Macro> block) {
    Object function = used(eval(call.function()));
    String name = path(call.function()) + "()";
    Arguments arguments = arguments(call.arguments(), name);
    if (block.isPresent() && function instanceof Macro macro) {
      return macro.calledBy(block.get()).call(arguments);
    }
    if (function instanceof Callable callable) {
      Object result = callable.call(arguments);
      checkSize(result);
      return result;
    }
    throw new TemplateError(
        "'" + path(call.function()) + "' is " + JinjaValues.kind(function) + ", not a function",
        "leave out the parentheses");
  }

  private Arguments arguments(CallArguments given, String of) {
    if (given.equals(CallArguments.NONE)) {
      return Arguments.none(of);
    }
    List<@Nullable Object> positional = new ArrayList<>();
    given.positional().forEach(one -> positional.add(eval(one)));
    given.rest().ifPresent(rest -> positional.addAll(JinjaValues.items(eval(rest))));
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    given.named().forEach(one -> named.put(one.name(), eval(one.value())));
    given
        .namedRest()
        .ifPresent(
            rest ->
                JinjaValues.map(eval(rest), "**")
                    .forEach((key, value) -> named.put(PythonText.of(key), value)));
    return new Arguments(of, positional, named);
  }

  public @Nullable Object filtered(String name, @Nullable Object value, Arguments arguments) {
    Filter filter = Filters.find(name);
    if (!Filters.takesUndefined(name)) {
      used(value);
      arguments.positional().forEach(Renderer::used);
      arguments.named().values().forEach(Renderer::used);
    }
    Evaluation.tick();
    Object result = filter.apply(value, arguments, this);
    checkSize(result);
    return result;
  }

  private static void checkSize(@Nullable Object value) {
    if (value instanceof String text) {
      Limits.text(text.length());
    }
  }

  public boolean tested(String name, @Nullable Object value, Arguments arguments) {
    Test test = Tests.find(name);
    if (!Tests.takesUndefined(name)) {
      used(value);
      arguments.positional().forEach(Renderer::used);
    }
    return test.holds(value, arguments, this);
  }

  /** What {@code map(attribute='a.b.0')} and its like look at. */
  public @Nullable Object along(@Nullable Object value, @Nullable Object attribute) {
    if (!(attribute instanceof String path)) {
      return Members.item(value, attribute, () -> "item");
    }
    Object result = value;
    for (String part : path.split("\\.", -1)) {
      Object key = part.matches("\\d{1,9}") ? (Object) Long.valueOf(part) : part;
      result = Members.item(result, key, () -> "item");
    }
    return result;
  }

  public @Nullable Object attribute(@Nullable Object value, String name) {
    return Members.attribute(value, name, () -> "value");
  }
}
