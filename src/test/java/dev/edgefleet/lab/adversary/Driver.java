package dev.edgefleet.lab.adversary;

/** Performs operations on a device, as root. */
interface Driver extends AutoCloseable {
  /** All that was answered; a failure is an answer, too. */
  String perform(Deed deed);

  @Override
  void close();
}
