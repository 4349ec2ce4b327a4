package dev.edgefleet.playbook;

import java.nio.file.Path;
import java.util.List;

/**
 * What to do to which devices.
 *
 * @param file where it was read from
 * @param files every file that was read for it, each once: itself, imports, {@code vars_files}
 */
public record Playbook(Path file, List<Play> plays, List<Path> files) {}
