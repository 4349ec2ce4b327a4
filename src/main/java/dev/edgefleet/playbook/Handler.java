package dev.edgefleet.playbook;

import java.util.Set;

/**
 * A task that runs, once, when a task that changed something has notified it.
 *
 * @param topics what it listens to besides its name
 */
public record Handler(Task task, Set<String> topics) {}
