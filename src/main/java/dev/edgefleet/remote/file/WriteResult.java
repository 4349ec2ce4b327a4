package dev.edgefleet.remote.file;

import java.util.Optional;

/**
 * A file that was written.
 *
 * @param sha256 of what the file holds now, 64 lower-case hex digits
 * @param backup path of the old file; empty when none was asked for or there was no old file
 * @param real where the symlink leads that was at the path; empty when none was followed
 */
public record WriteResult(String sha256, Optional<String> backup, Optional<String> real) {}
