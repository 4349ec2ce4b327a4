package dev.edgefleet.playbook.parameter;

/** What a parameter takes. */
public enum ParameterType {
  TEXT("text"),
  WHOLE_NUMBER("whole number"),
  TRUTH("true or false"),
  /** Seconds, or a number with ms, s, m or h. */
  DURATION("seconds, or with a unit such as 500ms, 2m"),
  /** Octal permission bits. */
  MODE("octal digits in quotes"),
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
