package dev.edgefleet;

/** What happens to a connection. */
enum Fault {
  /** Nothing passes any more, and both sides still see an open connection. */
  STALL,
  /** Both sides are told that the other one is gone (RST). */
  RESET,
  /** Both sides are told that the other one has said all it had to say (FIN). */
  TRUNCATE,
  /** Every packet waits for 200 ms, one after the other. */
  DELAY
}
