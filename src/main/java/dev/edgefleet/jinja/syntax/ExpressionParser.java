package dev.edgefleet.jinja.syntax;

import dev.edgefleet.jinja.python.Numbers;
import dev.edgefleet.jinja.syntax.Expression.Binary;
import dev.edgefleet.jinja.syntax.Expression.BinaryOperator;
import dev.edgefleet.jinja.syntax.Expression.CallArguments;
import dev.edgefleet.jinja.syntax.Expression.Constant;
import dev.edgefleet.jinja.syntax.Expression.Relation;
import dev.edgefleet.jinja.syntax.Expression.UnaryOperator;
import dev.edgefleet.jinja.syntax.Token.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads expressions with Jinja's precedences. */
final class ExpressionParser {
  private static final Map<String, Relation> RELATIONS =
      Map.of(
          "==", Relation.EQUAL,
          "!=", Relation.NOT_EQUAL,
          "<", Relation.LESS,
          "<=", Relation.LESS_OR_EQUAL,
          ">", Relation.GREATER,
          ">=", Relation.GREATER_OR_EQUAL);
  private static final Map<String, BinaryOperator> SUMS =
      Map.of("+", BinaryOperator.ADD, "-", BinaryOperator.SUBTRACT);
  private static final Map<String, BinaryOperator> PRODUCTS =
      Map.of(
          "*", BinaryOperator.MULTIPLY,
          "/", BinaryOperator.DIVIDE,
          "//", BinaryOperator.FLOOR_DIVIDE,
          "%", BinaryOperator.MODULO);
  // These end the argument that a test may take without parentheses.
  private static final Set<String> AFTER_A_TEST = Set.of("else", "or", "and", "is");
  private static final Set<Kind> STARTS_OF_AN_ARGUMENT =
      Set.of(Kind.NAME, Kind.STRING, Kind.INTEGER, Kind.FLOAT);

  private final TokenReader tokens;

  ExpressionParser(TokenReader tokens) {
    this.tokens = tokens;
  }

  /** An expression; values separated by commas are a tuple. */
  Expression many() {
    return tuple(this::one, () -> atEnd() || atClose());
  }

  /** As {@link #many}, but without {@code a if b}: in statements {@code if} has another meaning. */
  Expression manyWithoutIf() {
    return tuple(this::or, () -> atEnd() || tokens.current().isName("recursive"));
  }

  Expression one() {
    tokens.enter();
    try {
      Expression value = or();
      while (tokens.skipName("if")) {
        Expression condition = or();
        Optional<Expression> otherwise =
            tokens.skipName("else") ? Optional.of(one()) : Optional.empty();
        value = new Expression.Conditional(condition, value, otherwise);
      }
      return value;
    } finally {
      tokens.leave();
    }
  }

  private Expression tuple(Supplier<Expression> item, BooleanSupplier end) {
    Expression first = item.get();
    if (!tokens.current().isOperator(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (tokens.skipOperator(",")) {
      if (end.getAsBoolean()) {
        break;
      }
      items.add(item.get());
    }
    return new Expression.TupleOf(items);
  }

  private boolean atEnd() {
    return switch (tokens.current().kind()) {
      case END, PRINT_END, BLOCK_END -> true;
      default -> false;
    };
  }

  private boolean atClose() {
    return tokens.current().isOperator(")") || tokens.current().isOperator("]");
  }

  private Expression or() {
    Expression left = and();
    while (tokens.skipName("or")) {
      left = new Expression.Or(left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (tokens.skipName("and")) {
      left = new Expression.And(left, not());
    }
    return left;
  }

  private Expression not() {
    if (!tokens.current().isName("not")) {
      return comparison();
    }
    tokens.enter();
    tokens.next();
    Expression operand = not();
    tokens.leave();
    return new Expression.Not(operand);
  }

  private Expression comparison() {
    Expression first = sum();
    List<Expression.Step> steps = new ArrayList<>();
    Relation relation = relation();
    while (relation != null) {
      steps.add(new Expression.Step(relation, sum()));
      relation = relation();
    }
    return steps.isEmpty() ? first : new Expression.Comparison(first, steps);
  }

  private @Nullable Relation relation() {
    Token token = tokens.current();
    if (token.kind() == Kind.OPERATOR && RELATIONS.containsKey(token.text())) {
      tokens.next();
      return RELATIONS.get(token.text());
    }
    if (tokens.skipName("in")) {
      return Relation.IN;
    }
    if (token.isName("not") && tokens.following().isName("in")) {
      tokens.next();
      tokens.next();
      return Relation.NOT_IN;
    }
    return null;
  }

  private Expression sum() {
    return binary(SUMS, this::concatenation);
  }

  private Expression concatenation() {
    Expression first = product();
    if (!tokens.current().isOperator("~")) {
      return first;
    }
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (tokens.skipOperator("~")) {
      parts.add(product());
    }
    return new Expression.Concatenation(parts);
  }

  private Expression product() {
    return binary(PRODUCTS, this::power);
  }

  private Expression power() {
    return binary(Map.of("**", BinaryOperator.POWER), () -> unary(true));
  }

  private Expression binary(Map<String, BinaryOperator> operators, Supplier<Expression> operand) {
    Expression left = operand.get();
    while (tokens.current().kind() == Kind.OPERATOR) {
      BinaryOperator operator = operators.get(tokens.current().text());
      if (operator == null) {
        break;
      }
      tokens.next();
      left = new Binary(operator, left, operand.get());
    }
    return left;
  }

  private Expression unary(boolean withFilters) {
    tokens.enter();
    Expression value;
    if (tokens.skipOperator("-")) {
      value = new Expression.Unary(UnaryOperator.NEGATE, unary(false));
    } else if (tokens.skipOperator("+")) {
      value = new Expression.Unary(UnaryOperator.PLUS, unary(false));
    } else {
      value = primary();
    }
    value = postfix(value);
    if (withFilters) {
      value = filters(value);
    }
    tokens.leave();
    return value;
  }

  private Expression primary() {
    Token token = tokens.current();
    return switch (token.kind()) {
      case NAME -> name();
      case STRING -> string();
      case INTEGER -> new Constant(integer(tokens.next()));
      case FLOAT -> new Constant(Double.valueOf(tokens.next().text().replace("_", "")));
      case OPERATOR ->
          switch (token.text()) {
            case "(" -> parenthesised();
            case "[" -> list();
            case "{" -> map();
            default -> throw tokens.unexpected("a value");
          };
      case DATA, PRINT_BEGIN, PRINT_END, BLOCK_BEGIN, BLOCK_END, END ->
          throw tokens.unexpected("a value");
    };
  }

  private Expression name() {
    Token name = tokens.next();
    return switch (name.text()) {
      case "true", "True" -> new Constant(true);
      case "false", "False" -> new Constant(false);
      case "none", "None" -> new Constant(null);
      default -> new Expression.Name(name.text());
    };
  }

  private Expression string() {
    StringBuilder text = new StringBuilder();
    while (tokens.current().kind() == Kind.STRING) {
      text.append(tokens.next().text());
    }
    return new Constant(text.toString());
  }

  private static Object integer(Token token) {
    String digits = token.text().replace("_", "");
    int radix =
        digits.length() < 2
            ? 10
            : switch (Character.toLowerCase(digits.charAt(1))) {
              case 'x' -> 16;
              case 'o' -> 8;
              case 'b' -> 2;
              default -> 10;
            };
    return Numbers.plain(new BigInteger(radix == 10 ? digits : digits.substring(2), radix));
  }

  private Expression parenthesised() {
    tokens.expectOperator("(");
    if (tokens.skipOperator(")")) {
      return new Expression.TupleOf(List.of());
    }
    Expression inner = many();
    tokens.expectOperator(")");
    return inner;
  }

  private Expression list() {
    tokens.expectOperator("[");
    List<Expression> items = new ArrayList<>();
    while (!tokens.current().isOperator("]")) {
      items.add(one());
      if (!tokens.skipOperator(",")) {
        break;
      }
    }
    tokens.expectOperator("]");
    return new Expression.ListOf(items);
  }

  private Expression map() {
    tokens.expectOperator("{");
    List<Expression.Entry> entries = new ArrayList<>();
    while (!tokens.current().isOperator("}")) {
      Expression key = one();
      tokens.expectOperator(":");
      entries.add(new Expression.Entry(key, one()));
      if (!tokens.skipOperator(",")) {
        break;
      }
    }
    tokens.expectOperator("}");
    return new Expression.MapOf(entries);
  }

  Expression postfix(Expression of) {
    Expression value = of;
    while (true) {
      if (tokens.skipOperator(".")) {
        value = attribute(value);
      } else if (tokens.current().isOperator("[")) {
        value = subscript(value);
      } else if (tokens.current().isOperator("(")) {
        value = new Expression.Call(value, arguments());
      } else {
        return value;
      }
    }
  }

  private Expression attribute(Expression of) {
    return switch (tokens.current().kind()) {
      case NAME -> new Expression.Attribute(of, tokens.next().text());
      case INTEGER -> new Expression.Item(of, new Constant(integer(tokens.next())));
      default -> throw tokens.unexpected("a name or a number");
    };
  }

  private Expression subscript(Expression of) {
    tokens.expectOperator("[");
    Expression value;
    if (tokens.current().isOperator(":")) {
      value = slice(of, Optional.empty());
    } else {
      Expression key = many();
      value =
          tokens.current().isOperator(":")
              ? slice(of, Optional.of(key))
              : new Expression.Item(of, key);
    }
    tokens.expectOperator("]");
    return value;
  }

  private Expression slice(Expression of, Optional<Expression> start) {
    tokens.expectOperator(":");
    Optional<Expression> stop = bound();
    Optional<Expression> step = tokens.skipOperator(":") ? bound() : Optional.empty();
    return new Expression.Slice(of, start, stop, step);
  }

  private Optional<Expression> bound() {
    return tokens.current().isOperator(":") || tokens.current().isOperator("]")
        ? Optional.empty()
        : Optional.of(one());
  }

  CallArguments arguments() {
    tokens.expectOperator("(");
    List<Expression> positional = new ArrayList<>();
    List<Expression.Named> named = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Optional<Expression> rest = Optional.empty();
    Optional<Expression> namedRest = Optional.empty();
    while (!tokens.current().isOperator(")")) {
      Token start = tokens.current();
      if (tokens.skipOperator("*")) {
        rest = Optional.of(one());
      } else if (tokens.skipOperator("**")) {
        namedRest = Optional.of(one());
      } else if (start.kind() == Kind.NAME && tokens.following().isOperator("=")) {
        tokens.next();
        tokens.next();
        if (!names.add(start.text())) {
          throw new SyntaxError("'" + start.text() + "' is given twice", start.offset());
        }
        named.add(new Expression.Named(start.text(), one()));
      } else if (named.isEmpty() && namedRest.isEmpty()) {
        positional.add(one());
      } else {
        throw new SyntaxError(
            "an argument without a name stands behind one with a name", start.offset());
      }
      if (!tokens.skipOperator(",")) {
        break;
      }
    }
    tokens.expectOperator(")");
    return new CallArguments(positional, named, rest, namedRest);
  }

  private Expression filters(Expression of) {
    Expression value = of;
    while (true) {
      if (tokens.skipOperator("|")) {
        value = filter(value);
      } else if (tokens.skipName("is")) {
        value = test(value);
      } else if (tokens.current().isOperator("(")) {
        value = new Expression.Call(value, arguments());
      } else {
        return value;
      }
    }
  }

  Expression.Filtered filter(Expression of) {
    int offset = tokens.current().offset();
    String name = dottedName("the name of a filter");
    CallArguments arguments = tokens.current().isOperator("(") ? arguments() : CallArguments.NONE;
    return new Expression.Filtered(of, name, arguments, offset);
  }

  private Expression test(Expression of) {
    boolean negated = tokens.skipName("not");
    int offset = tokens.current().offset();
    String name = dottedName("the name of a test");
    CallArguments arguments = CallArguments.NONE;
    Token next = tokens.current();
    if (next.isOperator("(")) {
      arguments = arguments();
    } else if (startsArgument(next)) {
      arguments =
          new CallArguments(
              List.of(postfix(primary())), List.of(), Optional.empty(), Optional.empty());
    }
    Expression test = new Expression.Tested(of, name, arguments, offset);
    return negated ? new Expression.Not(test) : test;
  }

  private static boolean startsArgument(Token token) {
    return STARTS_OF_AN_ARGUMENT.contains(token.kind())
        ? !AFTER_A_TEST.contains(token.text()) || token.kind() != Kind.NAME
        : token.isOperator("[") || token.isOperator("{");
  }

  private String dottedName(String what) {
    StringBuilder name = new StringBuilder(tokens.expect(Kind.NAME, what).text());
    while (tokens.skipOperator(".")) {
      name.append('.').append(tokens.expect(Kind.NAME, what).text());
    }
    return name.toString();
  }
}
