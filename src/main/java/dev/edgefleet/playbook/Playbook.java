package dev.edgefleet.playbook;

import java.nio.file.Path;
import java.util.List;

/**
 * What to do to which devices.
 *
 * @param file where it was read from
 */
public record Playbook(Path file, List<Play> plays) {}
