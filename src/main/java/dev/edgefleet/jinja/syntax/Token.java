package dev.edgefleet.jinja.syntax;

/**
 * A piece of a template.
 *
 * @param text of a string its value, of anything else the piece as written
 * @param offset where it starts, in characters
 */
record Token(Kind kind, String text, int offset) {
  /** What a token is. */
  enum Kind {
    DATA,
    PRINT_BEGIN,
    PRINT_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  /** How a message speaks of it. */
  String described() {
    return switch (kind) {
      case END, PRINT_END, BLOCK_END -> "the end";
      case DATA -> "text";
      case STRING, NAME, INTEGER, FLOAT, OPERATOR, PRINT_BEGIN, BLOCK_BEGIN -> "'" + text + "'";
    };
  }
}
