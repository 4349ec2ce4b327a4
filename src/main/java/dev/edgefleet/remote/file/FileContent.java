package dev.edgefleet.remote.file;

/**
 * A file that was read.
 *
 * @param state the file at the end of every symlink; {@code ABSENT} when there is none
 * @param bytes its content, empty when absent
 */
public record FileContent(FileState state, byte[] bytes) {}
