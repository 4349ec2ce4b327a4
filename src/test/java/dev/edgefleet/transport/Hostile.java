package dev.edgefleet.transport;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A device that attacks the controller: one way of answering, and what has to come of it. */
public interface Hostile {
  /** Longer than anything should need that has an end. */
  Duration LONG = Duration.ofMinutes(2);

  /** Answers one connection; it may take for ever, and ends when the socket is closed. */
  void serve(Socket socket) throws IOException, InterruptedException;

  /** The simple name of the failure that it has to end with; {@code none} when all goes well. */
  String failure();

  /** A part of that failure's sentence. */
  String phrase();

  /**
   * How long one step of it may take: short where the sentence is that it took too long, and
   * otherwise longer than it should ever need, for the sentence tells that it ended by itself.
   */
  default Duration limit() {
    Matcher told = Pattern.compile("within ([0-9]) s$").matcher(phrase());
    return told.find() ? Duration.ofSeconds(Long.parseLong(told.group(1))) : LONG;
  }

  /** How long connecting may take. */
  default Duration connectLimit() {
    return startLimit();
  }

  /** How long starting a command may take. */
  default Duration startLimit() {
    return failure().equals("Unreachable") ? limit() : LONG;
  }

  /** As in an enumeration. */
  String name();
}
