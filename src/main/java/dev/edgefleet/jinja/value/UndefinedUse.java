package dev.edgefleet.jinja.value;

/** An undefined value was used. */
public final class UndefinedUse extends RuntimeException {
  // Throwables are Serializable; this one never is.
  private final transient Undefined value;

  private final String in;

  public UndefinedUse(Undefined value) {
    this(value, "");
  }

  /**
   * @param in where it was used, as the end of a sentence
   */
  public UndefinedUse(Undefined value, String in) {
    super(value.found(), null, false, false);
    this.value = value;
    this.in = in;
  }

  public boolean placed() {
    return !in.isEmpty();
  }

  public String in() {
    return in;
  }

  public Undefined value() {
    return value;
  }
}
