package dev.edgefleet.journal;

/**
 * One file's change as a unified diff, secrets masked.
 *
 * @param path on the device
 * @param unified the diff's text, lines ending in {@code \n}
 */
public record FileDiff(String path, String unified) {}
