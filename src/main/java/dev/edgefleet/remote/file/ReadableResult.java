package dev.edgefleet.remote.file;

import java.util.Optional;

/**
 * Whether a user can read a file.
 *
 * @param readable true when nothing stands in the way
 * @param blockedBy path of the directory or file that does; empty when readable or missing
 * @param missing true when there is no such file
 * @param owner of {@code blockedBy}: user name, or its number when it has none
 * @param group of {@code blockedBy}
 * @param mode of {@code blockedBy}, four octal digits
 */
@SuppressWarnings("AvoidCommonTypeNames") // nobody who asks devices needs java.lang.Readable
public record ReadableResult(
    boolean readable,
    Optional<String> blockedBy,
    boolean missing,
    Optional<String> owner,
    Optional<String> group,
    Optional<String> mode) {}
