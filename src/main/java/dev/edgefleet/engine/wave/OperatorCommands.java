package dev.edgefleet.engine.wave;

import java.util.List;

/** What the operator says to a run from another process. */
public interface OperatorCommands {
  /** Nobody says anything. */
  OperatorCommands NONE = List::of;

  /** What was said since it was asked for last, in order; each is told once. */
  List<Command> take();

  /** One thing said, by whom ({@code user@controller}) and with what note. */
  sealed interface Command {
    String operator();

    /** What comes after that wave (number from 1) of that play may begin. */
    record Approve(int play, int wave, String operator, String note) implements Command {}

    record Pause(String operator, String note) implements Command {}

    record Continue(String operator) implements Command {}

    record Abort(String operator, String note) implements Command {}
  }
}
