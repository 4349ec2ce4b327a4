package dev.edgefleet.transport;

/** Command lines by what they do, each peer in the words of what runs them there. */
public interface Vocabulary {
  /** Prints two texts, one on each stream, and ends. */
  String emit(String output, String errors, int exitCode);

  /** Prints a text that stands in the command line as it is. */
  String say(String text);

  /** Copies standard input to standard output to its end, then prints a text. */
  String echoInputThen(String text);

  /** Prints the SHA-256 of standard input in hexadecimal digits. */
  String hashInput();

  /** Reads nothing for two seconds, then prints how many bytes there were on standard input. */
  String countInputLate();

  /** Closes standard input, runs on for a second, and prints a text. */
  String closeInputThenSay(String text);

  /** Prints lines of two numbers, the block's from 0 and the line's from 1. */
  String count(int blocks, int lines);

  /** Prints so many bytes on both streams at once. */
  String floods(int bytes);

  /**
   * Starts something else where that can be, prints a line by which it is known, and runs for five
   * minutes.
   */
  String linger();

  /** Whether nothing is left of what printed the line. */
  boolean isGone(Connection connection, String token);
}
