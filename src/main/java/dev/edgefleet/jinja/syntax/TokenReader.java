package dev.edgefleet.jinja.syntax;

import dev.edgefleet.jinja.syntax.Token.Kind;
import java.util.List;

/** Tokens being read, and how deep the reader is in them. */
final class TokenReader {
  // Far more than anybody writes, far less than the stack of a virtual thread holds.
  private static final int DEEPEST = 150;

  private final List<Token> tokens;
  private int at;
  private int depth;

  TokenReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token current() {
    return tokens.get(at);
  }

  Token following() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = current();
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  boolean skipOperator(String operator) {
    return skipIf(current().isOperator(operator));
  }

  boolean skipName(String name) {
    return skipIf(current().isName(name));
  }

  private boolean skipIf(boolean matches) {
    if (matches) {
      next();
    }
    return matches;
  }

  Token expectOperator(String operator) {
    if (!current().isOperator(operator)) {
      throw unexpected("'" + operator + "'");
    }
    return next();
  }

  Token expect(Kind kind, String what) {
    if (current().kind() != kind) {
      throw unexpected(what);
    }
    return next();
  }

  SyntaxError unexpected(String wanted) {
    return new SyntaxError(
        current().described() + " stands where " + wanted + " is expected", current().offset());
  }

  void enter() {
    if (++depth > DEEPEST) {
      throw new SyntaxError(
          "the expression is nested more than " + DEEPEST + " deep",
          current().offset(),
          "split it with {% set %} or variables");
    }
  }

  void leave() {
    depth--;
  }
}
