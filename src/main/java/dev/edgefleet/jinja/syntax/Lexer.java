package dev.edgefleet.jinja.syntax;

import dev.edgefleet.jinja.syntax.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens. A line break right behind a statement or a comment goes with it, as
 * does white space where a {@code -} stands inside the braces.
 */
final class Lexer {
  private static final Pattern BEGIN = Pattern.compile("\\{[{%#]");
  private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*(-?)%\\}");
  private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%\\}");
  private static final Pattern NUMBER =
      Pattern.compile(
          "0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+"
              + "|(?<float>(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][+-]?(?:\\d+_)*\\d+"
              + "|\\.(?:\\d+_)*\\d+))"
              + "|\\d+(?:_\\d+)*");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*");
  private static final List<String> OPERATORS =
      List.of(
          "**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "=", ".", ":",
          "|", ",", ";", "(", ")", "[", "]", "{", "}");

  private final String text;
  private final Backslashes backslashes;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text, Backslashes backslashes) {
    this.text = text;
    this.backslashes = backslashes;
  }

  /** The tokens of a whole template, which end with {@link Kind#END}. */
  static List<Token> template(String text, Backslashes backslashes) {
    Lexer lexer = new Lexer(text, backslashes);
    lexer.data();
    return lexer.tokens;
  }

  /** The tokens of a bare expression. */
  static List<Token> expression(String text) {
    Lexer lexer = new Lexer(text, Backslashes.ESCAPE);
    lexer.inside("", Kind.END, Backslashes.ESCAPE);
    lexer.add(Kind.END, "", text.length());
    return lexer.tokens;
  }

  private void data() {
    Matcher begin = BEGIN.matcher(text);
    while (at < text.length()) {
      if (!begin.find(at)) {
        add(Kind.DATA, text.substring(at), at);
        break;
      }
      int start = begin.start();
      String before = text.substring(at, start);
      add(Kind.DATA, sign(start + 2) == '-' ? before.stripTrailing() : before, at);
      at = start;
      switch (text.charAt(start + 1)) {
        case '{' -> print();
        case '%' -> block();
        default -> comment();
      }
    }
    add(Kind.END, "", text.length());
  }

  private void print() {
    add(Kind.PRINT_BEGIN, "{{", at);
    skipBegin();
    inside("}}", Kind.PRINT_END, backslashes);
  }

  private void block() {
    Matcher raw = RAW.matcher(text).region(at, text.length());
    if (raw.lookingAt()) {
      raw(raw);
      return;
    }
    add(Kind.BLOCK_BEGIN, "{%", at);
    skipBegin();
    inside("%}", Kind.BLOCK_END, Backslashes.ESCAPE);
  }

  private void raw(Matcher begin) {
    int start = at;
    at = begin.end();
    if (begin.group(1).equals("-")) {
      skipSpace();
    }
    Matcher end = END_RAW.matcher(text);
    if (!end.find(at)) {
      throw new SyntaxError("{% raw %} is never ended", start, "add {% endraw %}");
    }
    String body = text.substring(at, end.start());
    add(Kind.DATA, end.group(1).equals("-") ? body.stripTrailing() : body, at);
    at = end.end();
    afterBlock(end.group(2).isEmpty() ? ' ' : end.group(2).charAt(0));
  }

  private void comment() {
    int end = text.indexOf("#}", at + 2);
    if (end < 0) {
      throw new SyntaxError("the comment is never ended", at, "add #}");
    }
    at = end + 2;
    afterBlock(text.charAt(end - 1));
  }

  private char sign(int offset) {
    return offset < text.length() ? text.charAt(offset) : ' ';
  }

  private void skipBegin() {
    at += 2;
    if (sign(at) == '-' || sign(at) == '+') {
      at++;
    }
  }

  private void afterBlock(char sign) {
    if (sign == '-') {
      skipSpace();
    } else if (sign != '+' && at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  // With an empty end: up to the end of the text.
  private void inside(String end, Kind endKind, Backslashes rule) {
    int start = at;
    Deque<Character> open = new ArrayDeque<>();
    while (true) {
      skipSpace();
      if (at >= text.length()) {
        if (end.isEmpty()) {
          return;
        }
        throw new SyntaxError("'" + end + "' is missing", start, "end it with " + end);
      }
      if (!end.isEmpty() && open.isEmpty() && ended(end, endKind)) {
        return;
      }
      one(open, rule);
    }
  }

  private boolean ended(String end, Kind kind) {
    char sign = text.charAt(at);
    boolean signed =
        (sign == '-' || (sign == '+' && kind == Kind.BLOCK_END)) && text.startsWith(end, at + 1);
    if (!signed && !text.startsWith(end, at)) {
      return false;
    }
    add(kind, end, at);
    at += signed ? 3 : 2;
    if (kind == Kind.BLOCK_END) {
      afterBlock(signed ? sign : ' ');
    } else if (signed) {
      skipSpace();
    }
    return true;
  }

  private void one(Deque<Character> open, Backslashes rule) {
    char c = text.charAt(at);
    if (c == '\'' || c == '"') {
      string(c, rule);
      return;
    }
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (Character.isDigit(c) && number.lookingAt()) {
      number(number);
      return;
    }
    Matcher name = NAME.matcher(text).region(at, text.length());
    if (name.lookingAt()) {
      add(Kind.NAME, name.group(), at);
      at = name.end();
      return;
    }
    String operator =
        OPERATORS.stream()
            .filter(known -> text.startsWith(known, at))
            .findFirst()
            .orElseThrow(
                () ->
                    new SyntaxError(
                        "the character '" + c + "' has no meaning here", at, remedyFor(c)));
    balance(open, operator.charAt(0));
    add(Kind.OPERATOR, operator, at);
    at += operator.length();
  }

  private static String remedyFor(char c) {
    return switch (c) {
      case '&' -> "write 'and'";
      case '!' -> "write 'not'";
      case '$' -> "a variable is written without $";
      default -> "mend the expression";
    };
  }

  private void number(Matcher number) {
    boolean afterDot = !tokens.isEmpty() && tokens.getLast().isOperator(".");
    if (number.group("float") != null && afterDot) {
      // "list.0.1" is two indexes.
      int end = at;
      while (end < text.length() && Character.isDigit(text.charAt(end))) {
        end++;
      }
      add(Kind.INTEGER, text.substring(at, end), at);
      at = end;
      return;
    }
    add(number.group("float") == null ? Kind.INTEGER : Kind.FLOAT, number.group(), at);
    at = number.end();
  }

  private void balance(Deque<Character> open, char c) {
    switch (c) {
      case '(', '[', '{' -> open.push(c);
      case ')', ']', '}' -> {
        char expected = c == ')' ? '(' : c == ']' ? '[' : '{';
        if (open.isEmpty() || open.pop() != expected) {
          throw new SyntaxError("'" + c + "' closes nothing", at);
        }
      }
      default -> {}
    }
  }

  private void string(char quote, Backslashes rule) {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= text.length()) {
      throw new SyntaxError("the text that starts here is never ended", at, "add the " + quote);
    }
    add(Kind.STRING, rule.value(text.substring(at + 1, end), quote), at);
    at = end + 1;
  }

  private void add(Kind kind, String value, int offset) {
    if (kind != Kind.DATA || !value.isEmpty()) {
      tokens.add(new Token(kind, value, offset));
    }
  }
}
