package dev.edgefleet.jinja.syntax;

import dev.edgefleet.failure.Nearest;
import dev.edgefleet.jinja.syntax.Statement.Target;
import dev.edgefleet.jinja.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads templates: text, expressions to print, and statements. */
public final class TemplateParser {
  private static final List<String> KNOWN =
      List.of("if", "for", "set", "macro", "call", "filter", "with", "raw");
  private static final Map<String, String> MISSING =
      Map.of(
          "include", "put the text here, or use a second template task",
          "import", "write the macro in this template",
          "from", "write the macro in this template",
          "extends", "write the whole file in one template",
          "block", "write the whole file in one template",
          "autoescape", "leave it out; nothing is escaped",
          "do", "write {% set _ = ... %}",
          "break", "write {% for ... if ... %}",
          "continue", "write {% for ... if ... %}");

  private final TokenReader tokens;
  private final ExpressionParser expressions;

  private TemplateParser(List<Token> tokens) {
    this.tokens = new TokenReader(tokens);
    expressions = new ExpressionParser(this.tokens);
  }

  public static List<Statement> template(String text, Backslashes backslashes, Notation notation) {
    TemplateParser parser = new TemplateParser(Lexer.template(text, backslashes, notation));
    return parser.body(Set.of(), "");
  }

  /** A bare expression, as in {@code when}. */
  public static Expression expression(String text) {
    TemplateParser parser = new TemplateParser(Lexer.expression(text));
    Expression expression = parser.expressions.many();
    parser.tokens.expect(Kind.END, "the end of the expression");
    return expression;
  }

  // Ends before the name of the ending statement, whose opening brace it has taken.
  private List<Statement> body(Set<String> ends, String opened) {
    List<Statement> statements = new ArrayList<>();
    while (true) {
      Token token = tokens.next();
      switch (token.kind()) {
        case DATA -> statements.add(new Statement.Data(token.text()));
        case PRINT_BEGIN -> {
          statements.add(new Statement.Print(expressions.many(), token.offset()));
          tokens.expect(Kind.PRINT_END, "the end of the expression");
        }
        case BLOCK_BEGIN -> {
          Token name = tokens.expect(Kind.NAME, "a statement");
          if (ends.contains(name.text())) {
            return endedBy(name, statements);
          }
          tokens.enter();
          statements.add(statement(name));
          tokens.leave();
        }
        case END -> {
          if (!ends.isEmpty()) {
            throw new SyntaxError(
                "{% " + opened + " %} is never ended",
                token.offset(),
                "add {% end" + opened + " %}");
          }
          return statements;
        }
        case PRINT_END, BLOCK_END, NAME, STRING, INTEGER, FLOAT, OPERATOR ->
            throw new SyntaxError("a stray " + token.described(), token.offset());
      }
    }
  }

  private String end = "";

  private List<Statement> endedBy(Token name, List<Statement> statements) {
    end = name.text();
    return statements;
  }

  private Statement statement(Token name) {
    return switch (name.text()) {
      case "if" -> ifStatement();
      case "for" -> forStatement();
      case "set" -> setStatement();
      case "macro" -> macro();
      case "call" -> callBlock();
      case "filter" -> filterBlock();
      case "with" -> with();
      default -> throw unknown(name);
    };
  }

  private static SyntaxError unknown(Token name) {
    String statement = name.text();
    if (MISSING.containsKey(statement)) {
      return new SyntaxError(
          "{% " + statement + " %} is not supported",
          name.offset(),
          String.valueOf(MISSING.get(statement)));
    }
    return statement.startsWith("end") || statement.equals("else") || statement.equals("elif")
        ? new SyntaxError(
            "{% " + statement + " %} ends nothing that was begun",
            name.offset(),
            "remove it, or begin what it ends")
        : new SyntaxError(
            "there is no statement '" + statement + "'",
            name.offset(),
            Nearest.remedy(statement, KNOWN));
  }

  private void endOfBlock() {
    tokens.expect(Kind.BLOCK_END, "the end of the statement");
  }

  private Statement ifStatement() {
    List<Statement.Branch> branches = new ArrayList<>();
    List<Statement> otherwise = List.of();
    do {
      Expression condition = expressions.manyWithoutIf();
      endOfBlock();
      branches.add(new Statement.Branch(condition, body(Set.of("elif", "else", "endif"), "if")));
    } while (end.equals("elif"));
    if (end.equals("else")) {
      endOfBlock();
      otherwise = body(Set.of("endif"), "if");
    }
    endOfBlock();
    return new Statement.If(branches, otherwise);
  }

  private Statement forStatement() {
    Target target = targets();
    if (!tokens.skipName("in")) {
      throw tokens.unexpected("'in'");
    }
    Expression over = expressions.manyWithoutIf();
    Optional<Expression> filter =
        tokens.skipName("if") ? Optional.of(expressions.one()) : Optional.empty();
    boolean recursive = tokens.skipName("recursive");
    endOfBlock();
    List<Statement> body = body(Set.of("else", "endfor"), "for");
    List<Statement> otherwise = List.of();
    if (end.equals("else")) {
      endOfBlock();
      otherwise = body(Set.of("endfor"), "for");
    }
    endOfBlock();
    return new Statement.For(target, over, filter, recursive, body, otherwise);
  }

  private Statement setStatement() {
    Target target = targets();
    if (tokens.skipOperator("=")) {
      Expression value = expressions.many();
      endOfBlock();
      return new Statement.Set(target, value);
    }
    List<Expression.Filtered> filters = new ArrayList<>();
    while (tokens.skipOperator("|")) {
      filters.add(expressions.filter(new Expression.Constant("")));
    }
    endOfBlock();
    List<Statement> body = body(Set.of("endset"), "set");
    endOfBlock();
    return new Statement.SetBlock(target, filters, body);
  }

  private Statement macro() {
    String name = tokens.expect(Kind.NAME, "the macro's name").text();
    List<Statement.Parameter> parameters = parameters();
    endOfBlock();
    List<Statement> body = body(Set.of("endmacro"), "macro");
    skipRepeatedName();
    endOfBlock();
    return new Statement.Macro(name, parameters, body);
  }

  // "{% endmacro name %}" is allowed.
  private void skipRepeatedName() {
    if (tokens.current().kind() == Kind.NAME) {
      tokens.next();
    }
  }

  private List<Statement.Parameter> parameters() {
    List<Statement.Parameter> parameters = new ArrayList<>();
    tokens.expectOperator("(");
    while (!tokens.current().isOperator(")")) {
      String name = tokens.expect(Kind.NAME, "a parameter's name").text();
      Optional<Expression> otherwise =
          tokens.skipOperator("=") ? Optional.of(expressions.one()) : Optional.empty();
      parameters.add(new Statement.Parameter(name, otherwise));
      if (!tokens.skipOperator(",")) {
        break;
      }
    }
    tokens.expectOperator(")");
    return parameters;
  }

  private Statement callBlock() {
    List<Statement.Parameter> parameters =
        tokens.current().isOperator("(") ? parameters() : List.of();
    int offset = tokens.current().offset();
    if (!(expressions.one() instanceof Expression.Call call)) {
      throw new SyntaxError("{% call %} needs the call of a macro", offset);
    }
    endOfBlock();
    List<Statement> body = body(Set.of("endcall"), "call");
    skipRepeatedName();
    endOfBlock();
    return new Statement.CallBlock(parameters, call, body);
  }

  private Statement filterBlock() {
    List<Expression.Filtered> filters = new ArrayList<>();
    do {
      filters.add(expressions.filter(new Expression.Constant("")));
    } while (tokens.skipOperator("|"));
    endOfBlock();
    List<Statement> body = body(Set.of("endfilter"), "filter");
    endOfBlock();
    return new Statement.FilterBlock(filters, body);
  }

  private Statement with() {
    List<Statement.Set> values = new ArrayList<>();
    while (tokens.current().kind() == Kind.NAME) {
      Target target = target();
      tokens.expectOperator("=");
      values.add(new Statement.Set(target, expressions.one()));
      if (!tokens.skipOperator(",")) {
        break;
      }
    }
    endOfBlock();
    List<Statement> body = body(Set.of("endwith"), "with");
    endOfBlock();
    return new Statement.With(values, body);
  }

  private Target targets() {
    Target first = target();
    if (!tokens.current().isOperator(",")) {
      return first;
    }
    List<Target> all = new ArrayList<>(List.of(first));
    while (tokens.skipOperator(",")) {
      if (tokens.current().isName("in") || tokens.current().isOperator("=")) {
        break;
      }
      all.add(target());
    }
    return new Target.Several(all);
  }

  private Target target() {
    if (tokens.skipOperator("(")) {
      Target inner = targets();
      tokens.expectOperator(")");
      return inner instanceof Target.Several ? inner : new Target.Several(List.of(inner));
    }
    String name = tokens.expect(Kind.NAME, "a name").text();
    return tokens.skipOperator(".")
        ? new Target.Member(name, tokens.expect(Kind.NAME, "a name").text())
        : new Target.Variable(name);
  }
}
