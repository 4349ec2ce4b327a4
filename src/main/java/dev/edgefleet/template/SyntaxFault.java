package dev.edgefleet.template;

/** A template that cannot be read; becomes {@code BadInput} where its whole text is known. */
final class SyntaxFault extends RuntimeException {
  private final int offset;
  private final String remedy;

  SyntaxFault(String found, int offset, String remedy) {
    super(found, null, false, false);
    this.offset = offset;
    this.remedy = remedy;
  }

  SyntaxFault(String found, int offset) {
    this(found, offset, "mend the expression");
  }

  String found() {
    return String.valueOf(getMessage());
  }

  int offset() {
    return offset;
  }

  String remedy() {
    return remedy;
  }
}
