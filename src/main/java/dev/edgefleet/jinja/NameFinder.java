package dev.edgefleet.jinja;

import dev.edgefleet.failure.Problem;
import dev.edgefleet.jinja.filter.Filters;
import dev.edgefleet.jinja.filter.Tests;
import dev.edgefleet.jinja.syntax.Expression;
import dev.edgefleet.jinja.syntax.Expression.CallArguments;
import dev.edgefleet.jinja.syntax.Statement;
import dev.edgefleet.jinja.syntax.Statement.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the names a template uses, and filters, tests and lookups that do not exist. A name that is
 * guarded anywhere in the template counts as guarded everywhere, and a name that is set anywhere as
 * local: it is better to say nothing than to call a good template wrong.
 */
final class NameFinder {
  private final Template template;
  private final Set<String> used = new LinkedHashSet<>();
  private final Set<String> guarded = new HashSet<>();
  private final Set<String> local =
      new HashSet<>(Set.of("loop", "varargs", "kwargs", "caller", "vars", "omit"));
  private final List<Problem> problems = new ArrayList<>();
  // Deeper than zero where it is not certain that the expression is ever looked at.
  private int perhaps;

  NameFinder(Template template) {
    this.template = template;
    statements(template.statements());
  }

  Set<String> names() {
    Set<String> names = new LinkedHashSet<>(used);
    names.removeAll(guarded);
    names.removeAll(local);
    names.removeAll(Functions.NAMES);
    return names;
  }

  List<Problem> problems() {
    return problems;
  }

  private void statements(List<Statement> statements) {
    statements.forEach(this::statement);
  }

  private void maybe(List<Statement> statements) {
    perhaps++;
    statements(statements);
    perhaps--;
  }

  private void maybe(Expression expression) {
    perhaps++;
    expression(expression);
    perhaps--;
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.Data ignored -> {}
      case Statement.Print print -> expression(print.value());
      case Statement.If branches -> {
        expression(branches.branches().getFirst().condition());
        branches.branches().stream().skip(1).forEach(branch -> maybe(branch.condition()));
        branches.branches().forEach(branch -> maybe(branch.body()));
        maybe(branches.otherwise());
      }
      case Statement.For loop -> {
        target(loop.target());
        expression(loop.over());
        loop.filter().ifPresent(this::maybe);
        maybe(loop.body());
        maybe(loop.otherwise());
      }
      case Statement.Set set -> {
        target(set.target());
        expression(set.value());
      }
      case Statement.SetBlock set -> {
        target(set.target());
        statements(set.body());
        set.filters().forEach(this::expression);
      }
      case Statement.Macro macro -> {
        local.add(macro.name());
        parameters(macro.parameters());
        maybe(macro.body());
      }
      case Statement.CallBlock block -> {
        parameters(block.parameters());
        expression(block.call());
        maybe(block.body());
      }
      case Statement.FilterBlock block -> {
        statements(block.body());
        block.filters().forEach(this::expression);
      }
      case Statement.With with -> {
        with.values().forEach(this::statement);
        statements(with.body());
      }
    }
  }

  private void parameters(List<Statement.Parameter> parameters) {
    for (Statement.Parameter parameter : parameters) {
      local.add(parameter.name());
      parameter.otherwise().ifPresent(this::maybe);
    }
  }

  private void target(Target target) {
    switch (target) {
      case Target.Variable variable -> local.add(variable.name());
      case Target.Member member -> local.add(member.namespace());
      case Target.Several several -> several.targets().forEach(this::target);
    }
  }

  private void expression(Expression expression) {
    switch (expression) {
      case Expression.Constant ignored -> {}
      case Expression.Name name -> {
        if (perhaps == 0) {
          used.add(name.name());
        }
      }
      case Expression.ListOf list -> list.items().forEach(this::expression);
      case Expression.TupleOf tuple -> tuple.items().forEach(this::expression);
      case Expression.MapOf map ->
          map.entries()
              .forEach(
                  entry -> {
                    expression(entry.key());
                    expression(entry.value());
                  });
      case Expression.Unary unary -> expression(unary.operand());
      case Expression.Binary binary -> {
        expression(binary.left());
        expression(binary.right());
      }
      case Expression.Concatenation parts -> parts.parts().forEach(this::expression);
      case Expression.And and -> {
        expression(and.left());
        maybe(and.right());
      }
      case Expression.Or or -> {
        expression(or.left());
        maybe(or.right());
      }
      case Expression.Not not -> expression(not.operand());
      case Expression.Comparison comparison -> {
        expression(comparison.first());
        expression(comparison.steps().getFirst().operand());
        comparison.steps().stream().skip(1).forEach(step -> maybe(step.operand()));
      }
      case Expression.Conditional conditional -> {
        expression(conditional.condition());
        maybe(conditional.then());
        conditional.otherwise().ifPresent(this::maybe);
      }
      case Expression.Attribute attribute -> expression(attribute.of());
      case Expression.Item item -> {
        expression(item.of());
        expression(item.key());
      }
      case Expression.Slice slice -> {
        expression(slice.of());
        slice.start().ifPresent(this::expression);
        slice.stop().ifPresent(this::expression);
        slice.step().ifPresent(this::expression);
      }
      case Expression.Call call -> {
        lookup(call);
        expression(call.function());
        arguments(call.arguments());
      }
      case Expression.Filtered filtered -> filtered(filtered);
      case Expression.Tested tested -> tested(tested);
    }
  }

  private void filtered(Expression.Filtered filtered) {
    known(() -> Filters.find(filtered.name()), filtered.offset());
    if (Filters.takesUndefined(filtered.name()) && !filtered.name().equals("mandatory")) {
      root(filtered.of()).ifPresent(guarded::add);
      perhaps++;
      expression(filtered.of());
      arguments(filtered.arguments());
      perhaps--;
      return;
    }
    expression(filtered.of());
    arguments(filtered.arguments());
    named(filtered);
  }

  // map('upper') and select('defined') name filters and tests in a text.
  private void named(Expression.Filtered filtered) {
    List<Expression> given = filtered.arguments().positional();
    int at =
        switch (filtered.name()) {
          case "map", "select", "reject" -> 0;
          case "selectattr", "rejectattr" -> 1;
          default -> given.size();
        };
    if (at < given.size() && given.get(at) instanceof Expression.Constant(String name)) {
      known(
          filtered.name().equals("map") ? () -> Filters.find(name) : () -> Tests.find(name),
          filtered.offset());
    }
  }

  private void tested(Expression.Tested tested) {
    known(() -> Tests.find(tested.name()), tested.offset());
    if (Tests.takesUndefined(tested.name())) {
      root(tested.of()).ifPresent(guarded::add);
      maybe(tested.of());
    } else {
      expression(tested.of());
    }
    arguments(tested.arguments());
  }

  private static Optional<String> root(Expression expression) {
    return switch (expression) {
      case Expression.Name name -> Optional.of(name.name());
      case Expression.Attribute attribute -> root(attribute.of());
      case Expression.Item item -> root(item.of());
      case Expression.Filtered filtered -> root(filtered.of());
      case Expression.Call call -> root(call.function());
      default -> Optional.empty();
    };
  }

  private void lookup(Expression.Call call) {
    if (call.function() instanceof Expression.Name(String name)
        && List.of("lookup", "query", "q").contains(name)
        && !call.arguments().positional().isEmpty()
        && call.arguments().positional().getFirst() instanceof Expression.Constant(String lookup)) {
      known(() -> Lookups.checked(lookup), 0);
    }
  }

  private void known(Runnable find, int offset) {
    try {
      find.run();
    } catch (TemplateError e) {
      String at =
          template.form() == Template.Form.FILE
              ? " (" + Template.place(template.source(), offset) + ")"
              : "";
      problems.add(
          Problem.of(
              e.found() + " in '" + Template.shortened(template.source()) + "'" + at, e.remedy()));
    }
  }

  private void arguments(CallArguments arguments) {
    arguments.positional().forEach(this::expression);
    arguments.named().forEach(one -> expression(one.value()));
    arguments.rest().ifPresent(this::expression);
    arguments.namedRest().ifPresent(this::expression);
  }
}
