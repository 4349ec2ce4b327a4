package dev.edgefleet.engine;

import dev.edgefleet.action.Actions;
import dev.edgefleet.journal.Journal;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.template.Templates;
import java.time.Instant;

/**
 * What every device of a run shares.
 *
 * @param started when the run began; its deadline counts from then
 */
public record RunServices(
    Actions actions,
    Templates templates,
    Journal journal,
    Links links,
    Redactor redactor,
    Instant started) {}
