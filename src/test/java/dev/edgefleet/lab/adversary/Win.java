package dev.edgefleet.lab.adversary;

/** A round that the adversary won. */
record Win(Round round, Harm harm) {
  @Override
  public String toString() {
    return "%s, %s: %s %s".formatted(round.deed().name(), round.how(), harm.kind(), harm.what());
  }
}
