package dev.edgefleet.jinja;

/** An operation that cannot be done; becomes {@code BadInput} where its expression is known. */
public final class TemplateError extends RuntimeException {
  private final String remedy;

  public TemplateError(String found, String remedy) {
    super(found, null, false, false);
    this.remedy = remedy;
  }

  String found() {
    return String.valueOf(getMessage());
  }

  String remedy() {
    return remedy;
  }
}
