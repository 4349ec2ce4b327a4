package dev.edgefleet.remote.file;

import java.util.Map;
import java.util.Optional;

/**
 * All that is known of a path.
 *
 * @param kind empty when nothing is there; the rest is then empty, zero or false
 * @param mode permission bits as four octal digits
 * @param numbers {@code size}, {@code uid}, {@code gid}, {@code inode}, {@code dev}, {@code nlink},
 *     and in seconds since 1970 {@code atime}, {@code mtime}, {@code ctime}
 * @param owner user name, or the number when it has no name
 * @param group group name, or the number when it has no name
 * @param checksum lower-case hex digits; of a file that may be read, when asked for
 * @param linkTarget as the symlink spells it
 * @param linkSource what the symlink leads to in the end, absolute, there or not
 */
public record FileDescription(
    Optional<Kind> kind,
    String mode,
    Map<String, Long> numbers,
    String owner,
    String group,
    boolean readable,
    boolean writable,
    boolean executable,
    Optional<String> checksum,
    Optional<String> linkTarget,
    Optional<String> linkSource) {
  /** What kind of thing is at a path. */
  public enum Kind {
    FILE,
    DIRECTORY,
    SYMLINK,
    BLOCK_DEVICE,
    CHARACTER_DEVICE,
    PIPE,
    SOCKET
  }
}
