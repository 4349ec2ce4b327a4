package dev.edgefleet.remote.service;

/**
 * How a service's main process ended.
 *
 * @param kind {@code exited}, {@code killed} or {@code dumped}
 * @param status exit code, or number of the signal
 */
record MainProcessEnd(String kind, int status) {
  /** {@code ended with exit code 3}, {@code was killed by signal 9}. */
  String words() {
    return switch (kind) {
      case "killed" -> "was killed by signal " + status;
      case "dumped" -> "crashed with signal " + status;
      default -> "ended with exit code " + status;
    };
  }
}
