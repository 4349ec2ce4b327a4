package dev.edgefleet.reference;

import dev.edgefleet.journal.fold.RunState;
import dev.edgefleet.journal.fold.StateWord;
import dev.edgefleet.journal.fold.WaveState;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.report.model.RunReportState;
import dev.edgefleet.report.model.StepResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The words that people are shown for states, and those that machines read. */
final class StateReference {
  private final Map<StateWord, List<String>> machine = new EnumMap<>(StateWord.class);

  private StateReference() {
    for (RunState state : RunState.values()) {
      add(state.shown(), "run `" + state + "` (`runs --json`)");
    }
    for (RunReportState state : RunReportState.values()) {
      add(state.shown(), "run `" + state.word() + "` (report.json)");
    }
    for (WaveState state : WaveState.values()) {
      add(state.shown(), "wave `" + state.word() + "`");
    }
    for (DeviceResult result : DeviceResult.values()) {
      add(result.shown(), "device `" + result.word() + "`");
    }
    for (StepResult result : StepResult.values()) {
      add(result.shown(), "step `" + result.word() + "`");
    }
    // What a run that has a process, or waits for the operator, is at.
    for (StateWord at :
        List.of(
            StateWord.PAUSED,
            StateWord.SOAKING,
            StateWord.WAITING_FOR_APPROVAL,
            StateWord.WAITING_FOR_DECISION)) {
      add(at, "run `RUNNING` or `WAITING` (`standing` in `runs --json`)");
    }
    add(StateWord.WOULD_CHANGE, "device or step `changed`, in a check run");
  }

  private void add(StateWord word, String of) {
    machine.computeIfAbsent(word, _ -> new ArrayList<>()).add(of);
  }

  static String section() {
    StateReference reference = new StateReference();
    StringBuilder text =
        new StringBuilder(
            """

            ## Words for states

            The screen, `runs`, `show`, `follow`, `history` and the report say the same words. Machines read words
            that do not change: in the journal and `--json` those of the events above, in report.json those below.

            | Shown | Means | Machines read |
            |---|---|---|
            """);
    for (StateWord word : StateWord.values()) {
      text.append("| ")
          .append(word.text())
          .append(" | ")
          .append(word.meaning())
          .append(" | ")
          .append(String.join(", ", reference.machine.getOrDefault(word, List.of())))
          .append(" |\n");
    }
    return text.toString();
  }
}
