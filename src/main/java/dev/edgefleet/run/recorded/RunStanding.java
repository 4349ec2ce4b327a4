package dev.edgefleet.run.recorded;

import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.run.RunDirectory;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a run stands, by its journal.
 *
 * @param over whether it has come to its end
 * @param paused whether no device starts for now
 * @param approval what it waits to have approved
 */
public record RunStanding(boolean over, boolean paused, Optional<RunEvent.ApprovalAsked> approval) {
  public static RunStanding of(RunDirectory folder) {
    try (Stream<JournalEntry> entries = JournalReader.stream(folder.path())) {
      return entries
          .map(JournalEntry::event)
          .reduce(
              new RunStanding(false, false, Optional.empty()),
              RunStanding::after,
              (one, other) -> other);
    }
  }

  private static RunStanding after(RunStanding state, RunEvent event) {
    return switch (event) {
      case RunEvent.RunEnded ignored -> new RunStanding(true, false, Optional.empty());
      case RunEvent.RunPaused ignored -> new RunStanding(state.over, true, state.approval);
      case RunEvent.RunContinued ignored -> new RunStanding(state.over, false, state.approval);
      case RunEvent.ApprovalAsked asked ->
          new RunStanding(state.over, state.paused, Optional.of(asked));
      case RunEvent.ApprovalGiven ignored ->
          new RunStanding(state.over, state.paused, Optional.empty());
      default -> state;
    };
  }
}
