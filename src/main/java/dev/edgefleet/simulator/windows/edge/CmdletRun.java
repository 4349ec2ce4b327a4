package dev.edgefleet.simulator.windows.edge;

import java.util.ArrayList;
import java.util.List;

/** One call of a cmdlet while it runs: what it said so far. */
public final class CmdletRun {
  private final CmdletCall call;
  private final List<String> messages = new ArrayList<>();
  private final List<String> red = new ArrayList<>();
  private String output = "";
  private boolean restart;

  public CmdletRun(CmdletCall call) {
    this.call = call;
  }

  /** Ends a cmdlet. */
  public static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Thrown(String message) {
      super(message);
    }
  }

  /** Write-Host. */
  void say(String text) {
    red.clear();
    messages.add(text);
  }

  /** Write-Host in red. */
  void sayRed(String text) {
    messages.add(text);
    red.add(text);
  }

  /** What it gives back. */
  void give(String text) {
    output = text;
  }

  void restartComputer() {
    restart = true;
  }

  /** A bare throw after what was said in red. */
  Thrown halted() {
    return new Thrown(String.join("\n", red));
  }

  static Thrown prompted() {
    return new Thrown(
        "Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not"
            + " available.");
  }

  /** Fails for a parameter that none of these is. */
  void only(String... parameters) {
    for (String given : call.values().keySet()) {
      if (List.of(parameters).stream().noneMatch(given::equalsIgnoreCase)) {
        throw new Thrown(
            "A parameter cannot be found that matches parameter name '" + given + "'.");
      }
    }
  }

  /** Fails unless all of these are given. */
  void needs(String... parameters) {
    List<String> missing =
        List.of(parameters).stream().filter(name -> call.text(name).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new Thrown(
          "Cannot process command because of one or more missing mandatory parameters: "
              + String.join(" ", missing)
              + ".");
    }
  }

  public CmdletAnswer answer(String error) {
    return new CmdletAnswer(call.line(), List.copyOf(messages), output, error, restart);
  }
}
