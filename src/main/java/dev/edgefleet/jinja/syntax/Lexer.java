package dev.edgefleet.jinja.syntax;

import dev.edgefleet.jinja.syntax.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Cuts a template into tokens. A line break right behind a statement or a comment goes with it, as
 * does white space where a {@code -} stands inside the braces.
 */
final class Lexer {
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
  private final Notation notation;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  // Whether what comes next begins a line.
  private boolean atLineStart = true;

  private Lexer(String text, Backslashes backslashes, Notation notation) {
    this.text = text;
    this.backslashes = backslashes;
    this.notation = notation;
  }

  /** The tokens of a whole template, which end with {@link Kind#END}. */
  static List<Token> template(String text, Backslashes backslashes, Notation notation) {
    Lexer lexer = new Lexer(text, backslashes, notation);
    lexer.data();
    return lexer.tokens;
  }

  /** The tokens of a bare expression. */
  static List<Token> expression(String text) {
    Lexer lexer = new Lexer(text, Backslashes.ESCAPE, Notation.COMMON);
    lexer.inside("", Kind.END, Backslashes.ESCAPE);
    lexer.add(Kind.END, "", text.length());
    return lexer.tokens;
  }

  private void data() {
    List<String> starts =
        Stream.of(notation.variableStart(), notation.blockStart(), notation.commentStart())
            // Of two that begin alike the longer one is meant.
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    Matcher begin =
        Pattern.compile(starts.stream().map(Pattern::quote).collect(Collectors.joining("|")))
            .matcher(text);
    while (at < text.length()) {
      if (!begin.find(at)) {
        addData(text.substring(at), at);
        break;
      }
      int start = begin.start();
      addData(
          before(
              text.substring(at, start),
              sign(begin.end()),
              !begin.group().equals(notation.variableStart())),
          at);
      at = start;
      if (begin.group().equals(notation.variableStart())) {
        print();
      } else if (begin.group().equals(notation.blockStart())) {
        block();
      } else {
        comment();
      }
    }
    add(Kind.END, "", text.length());
  }

  /** What is left of the text before a mark. */
  private String before(String data, char sign, boolean statement) {
    if (sign == '-') {
      return data.stripTrailing();
    }
    int line = data.lastIndexOf('\n') + 1;
    boolean alone =
        (line > 0 || atLineStart) && line < data.length() && data.substring(line).isBlank();
    return statement && notation.lstripBlocks() && sign != '+' && alone
        ? data.substring(0, line)
        : data;
  }

  private void print() {
    add(Kind.PRINT_BEGIN, notation.variableStart(), at);
    skipBegin(notation.variableStart());
    inside(notation.variableEnd(), Kind.PRINT_END, backslashes);
    atLineStart = false;
  }

  private void block() {
    Matcher raw =
        Pattern.compile(
                Pattern.quote(notation.blockStart())
                    + "[-+]?\\s*raw\\s*(-?)"
                    + Pattern.quote(notation.blockEnd()))
            .matcher(text)
            .region(at, text.length());
    if (raw.lookingAt()) {
      raw(raw);
      return;
    }
    add(Kind.BLOCK_BEGIN, notation.blockStart(), at);
    skipBegin(notation.blockStart());
    inside(notation.blockEnd(), Kind.BLOCK_END, Backslashes.ESCAPE);
  }

  private void raw(Matcher begin) {
    int start = at;
    at = begin.end();
    atLineStart = false;
    if (begin.group(1).equals("-")) {
      skipSpace();
    }
    Matcher end =
        Pattern.compile(
                Pattern.quote(notation.blockStart())
                    + "([-+]?)\\s*endraw\\s*([-+]?)"
                    + Pattern.quote(notation.blockEnd()))
            .matcher(text);
    if (!end.find(at)) {
      throw new SyntaxError("{% raw %} is never ended", start, "add {% endraw %}");
    }
    String body = text.substring(at, end.start());
    addData(before(body, first(end.group(1)), true), at);
    at = end.end();
    afterBlock(first(end.group(2)));
  }

  private static char first(String sign) {
    return sign.isEmpty() ? ' ' : sign.charAt(0);
  }

  private void comment() {
    int end = text.indexOf(notation.commentEnd(), at + notation.commentStart().length());
    if (end < 0) {
      throw new SyntaxError("the comment is never ended", at, "add " + notation.commentEnd());
    }
    at = end + notation.commentEnd().length();
    afterBlock(text.charAt(end - 1));
  }

  private char sign(int offset) {
    return offset < text.length() ? text.charAt(offset) : ' ';
  }

  private void skipBegin(String start) {
    at += start.length();
    if (sign(at) == '-' || sign(at) == '+') {
      at++;
    }
  }

  private void afterBlock(char sign) {
    atLineStart = false;
    if (sign == '-') {
      int start = at;
      skipSpace();
      atLineStart = at > start && text.charAt(at - 1) == '\n';
    } else if (notation.trimBlocks()
        && sign != '+'
        && at < text.length()
        && text.charAt(at) == '\n') {
      at++;
      atLineStart = true;
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
    at += end.length() + (signed ? 1 : 0);
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

  private void addData(String value, int offset) {
    add(Kind.DATA, value.replace("\n", notation.newline()), offset);
  }

  private void add(Kind kind, String value, int offset) {
    if (kind != Kind.DATA || !value.isEmpty()) {
      tokens.add(new Token(kind, value, offset));
    }
  }
}
