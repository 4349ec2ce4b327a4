package dev.edgefleet.engine;

import dev.edgefleet.action.Actions;
import dev.edgefleet.journal.Journal;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.template.Templates;
import java.time.Instant;

/**
 * What every device of a run shares.
 *
 * @param vault opens files of the controller that are encrypted
 * @param started when the run began; its deadline counts from then
 */
public record RunServices(
    Actions actions,
    Templates templates,
    Journal journal,
    Links links,
    Redactor redactor,
    Vault vault,
    Instant started) {}
