package dev.edgefleet.action.file;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.remote.file.PruneBackups;
import java.time.Duration;
import java.util.Map;

/**
 * Removes old backups that edgefleet made on a device. Not for playbooks: what it does comes from a
 * command line.
 *
 * @param olderThan younger backups stay; whole days
 * @param keep how many of each file stay, however old
 * @param dryRun only tell what would go
 */
public record PruneBackupsAction(Duration olderThan, int keep, boolean dryRun)
    implements Action<PruneBackupsAction.Parameters> {
  /** There are none: all comes from the command line. */
  public record Parameters() {}

  @Override
  public String name() {
    return "prune_backups";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Removes old backups that edgefleet made.")
        .returning("removed", "number", "how many went, the wiped ones among them")
        .returning("wiped", "number", "how many held a private key and were overwritten")
        .returning("kept", "number", "how many are left")
        .returning("bytes", "number", "size of what went");
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    boolean check = dryRun || context.check();
    PruneBackups.Pruned pruned =
        context.perform(new PruneBackups(Math.toIntExact(olderThan.toDays()), keep, check));
    Map<String, Object> counts =
        Map.of(
            "removed", pruned.removed(),
            "wiped", pruned.wiped(),
            "kept", pruned.kept(),
            "bytes", pruned.bytes());
    String sentence =
        (check ? "would remove " : "removed ")
            + counted(pruned.removed(), "old backup")
            + " ("
            + pruned.bytes()
            + " bytes; "
            + pruned.wiped()
            + " with a private key), "
            + pruned.kept()
            + " stay";
    Outcome outcome = pruned.removed() > 0 ? Outcome.changed(sentence) : Outcome.ok(sentence);
    return outcome.withValues(counts).withReported(counts);
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
