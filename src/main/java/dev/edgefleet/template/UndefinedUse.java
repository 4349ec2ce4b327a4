package dev.edgefleet.template;

/** An undefined value was used. */
final class UndefinedUse extends RuntimeException {
  // Throwables are Serializable; this one never is.
  private final transient Undefined value;

  private final String in;

  UndefinedUse(Undefined value) {
    this(value, "");
  }

  /**
   * @param in where it was used, as the end of a sentence
   */
  UndefinedUse(Undefined value, String in) {
    super(value.found(), null, false, false);
    this.value = value;
    this.in = in;
  }

  boolean placed() {
    return !in.isEmpty();
  }

  String in() {
    return in;
  }

  Undefined value() {
    return value;
  }
}
