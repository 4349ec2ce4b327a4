package dev.edgefleet.playbook.parameter;

/** What a parameter takes. */
public enum ParameterType {
  TEXT("text"),
  /** A text; a list or mapping becomes JSON. */
  TEXT_OR_STRUCTURE("text, or a list or mapping, which becomes JSON"),
  WHOLE_NUMBER("whole number"),
  TRUTH("true or false"),
  /** Seconds, or a number with ms, s, m or h. */
  DURATION("seconds, or with a unit such as 500ms, 2m"),
  /** Permission bits. */
  MODE("octal digits in quotes, or u=rw,g=r"),
  /** A bare Jinja expression. */
  EXPRESSION("expression without braces"),
  ANYTHING("any value"),
  /** Any names with any values. */
  MAPPING("any names and values");

  private final String title;

  ParameterType(String title) {
    this.title = title;
  }

  /** For people. */
  public String title() {
    return title;
  }
}
