package dev.edgefleet.jinja;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.jinja.syntax.Backslashes;
import dev.edgefleet.jinja.syntax.Notation;
import dev.edgefleet.jinja.syntax.Statement;
import dev.edgefleet.jinja.syntax.SyntaxError;
import dev.edgefleet.jinja.syntax.TemplateParser;
import java.util.List;

/**
 * A parsed text.
 *
 * @param trailing how many line breaks it ends with
 * @param newline what a line break becomes
 */
record Template(
    String source, Form form, List<Statement> statements, int trailing, String newline) {
  /** How a text is read. */
  enum Form {
    /** A value of a playbook. */
    TEXT,
    /** A template file. */
    FILE,
    /** An expression without braces. */
    EXPRESSION
  }

  static Template parse(String source, Form form) {
    return parse(source, form, Notation.COMMON);
  }

  static Template parse(String source, Form form, Notation notation) {
    String text =
        source.indexOf('\r') < 0 ? source : source.replace("\r\n", "\n").replace('\r', '\n');
    int trailing = trailing(text);
    try {
      List<Statement> statements =
          switch (form) {
            case EXPRESSION -> List.of(new Statement.Print(TemplateParser.expression(text), 0));
            case TEXT -> template(text, Backslashes.KEEP, notation);
            case FILE -> template(text, Backslashes.ESCAPE, notation);
          };
      return new Template(source, form, statements, trailing, notation.newline());
    } catch (SyntaxError e) {
      String at = form == Form.FILE ? " (" + place(text, e.offset()) + ")" : "";
      throw new BadInput(
          "the template '" + near(text, e.offset(), form) + "' is wrong: " + e.found() + at,
          e.remedy());
    } catch (StackOverflowError e) {
      throw new BadInput(
          "the template '" + shortened(text) + "' is nested too deep", "split it with variables");
    }
  }

  // The break of the last line is put back when the text is complete.
  private static List<Statement> template(String text, Backslashes backslashes, Notation notation) {
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return TemplateParser.template(body, backslashes, notation);
  }

  private static int trailing(String text) {
    return trailing(text, "\n");
  }

  /** How many line breaks it ends with. */
  static int trailing(CharSequence text, String newline) {
    int count = 0;
    int end = text.length();
    while (end >= newline.length()
        && newline.contentEquals(text.subSequence(end - newline.length(), end))) {
      end -= newline.length();
      count++;
    }
    return count;
  }

  boolean isPlain() {
    return form == Form.TEXT
        && !source.contains("{{")
        && !source.contains("{%")
        && !source.contains("{#");
  }

  /** Where an offset stands, such as {@code line 3, column 5}. */
  static String place(String text, int offset) {
    String before = text.substring(0, Math.min(offset, text.length()));
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int column = before.length() - (before.lastIndexOf('\n') + 1) + 1;
    return "line " + line + ", column " + column;
  }

  private static String near(String text, int offset, Form form) {
    if (form != Form.FILE) {
      return shortened(text);
    }
    int at = Math.min(offset, text.length());
    int start = text.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
    int end = text.indexOf('\n', at);
    return shortened(text.substring(Math.min(start, at), end < 0 ? text.length() : end));
  }

  static String shortened(String source) {
    String line = source.strip().replaceAll("\\s+", " ");
    return line.length() > 80 ? line.substring(0, 77) + "..." : line;
  }
}
