package dev.edgefleet.engine;

import dev.edgefleet.action.Actions;
import dev.edgefleet.connect.Connector;
import dev.edgefleet.engine.resume.RecordedRun;
import dev.edgefleet.engine.step.UsedFiles;
import dev.edgefleet.engine.wave.Notices;
import dev.edgefleet.engine.wave.OperatorCommands;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.journal.Journal;
import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.transport.Deadline;

/**
 * What every device of a run shares.
 *
 * @param vault opens files of the controller that are encrypted
 * @param ends no step of this process begins after it
 * @param history what processes before this one did
 * @param words what the operator says to the run meanwhile
 * @param answers the memory for what devices answer
 */
public record RunServices(
    Actions actions,
    Templates templates,
    Journal journal,
    Connector links,
    Redactor redactor,
    Vault vault,
    Deadline ends,
    RecordedRun history,
    OperatorCommands words,
    Notices notices,
    UsedFiles files,
    AnswerBudget answers) {
  /** Of a run that nobody speaks to or resumes. */
  public RunServices(
      Actions actions,
      Templates templates,
      Journal journal,
      Connector links,
      Redactor redactor,
      Vault vault,
      Deadline ends) {
    this(
        actions,
        templates,
        journal,
        links,
        redactor,
        vault,
        ends,
        RecordedRun.none(),
        OperatorCommands.NONE,
        Notices.NONE,
        UsedFiles.NONE,
        AnswerBudget.ofHeap());
  }
}
