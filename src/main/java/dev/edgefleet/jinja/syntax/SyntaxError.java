package dev.edgefleet.jinja.syntax;

/** A template that cannot be read; becomes {@code BadInput} where its whole text is known. */
public final class SyntaxError extends RuntimeException {
  private final int offset;
  private final String remedy;

  SyntaxError(String found, int offset, String remedy) {
    super(found, null, false, false);
    this.offset = offset;
    this.remedy = remedy;
  }

  SyntaxError(String found, int offset) {
    this(found, offset, "mend the expression");
  }

  public String found() {
    return String.valueOf(getMessage());
  }

  public int offset() {
    return offset;
  }

  public String remedy() {
    return remedy;
  }
}
