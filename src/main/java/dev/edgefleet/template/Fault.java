package dev.edgefleet.template;

/** An operation that cannot be done; becomes {@code BadInput} where its expression is known. */
final class Fault extends RuntimeException {
  private final String remedy;

  Fault(String found, String remedy) {
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
