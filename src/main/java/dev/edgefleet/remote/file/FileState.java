package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Reply;
import java.util.Optional;

/**
 * What is at a path.
 *
 * @param kind what it is; whether symlinks were followed is up to the operation
 * @param mode permission bits as four octal digits, {@code 0644}; empty when absent
 * @param owner user name, or the number when it has no name; empty when absent
 * @param group group name, or the number when it has no name; empty when absent
 * @param size bytes; 0 when absent
 * @param sha256 of the content, 64 lower-case hex digits; only of a file the user may read
 * @param linkTarget as the symlink spells it; only of a symlink
 */
public record FileState(
    Kind kind,
    Optional<String> mode,
    Optional<String> owner,
    Optional<String> group,
    long size,
    Optional<String> sha256,
    Optional<String> linkTarget) {
  /** What kind of thing is at a path. */
  public enum Kind {
    ABSENT,
    /** A regular file. */
    FILE,
    DIRECTORY,
    /** Only from operations that follow no link. */
    SYMLINK,
    /** A device, socket or named pipe. */
    OTHER
  }

  /** What a reply says of a path. */
  static FileState of(Reply reply) {
    return new FileState(
        kind(reply.value("kind")),
        reply.mode("mode"),
        reply.optional("owner"),
        reply.optional("group"),
        reply.optional("size").isPresent() ? reply.number("size") : 0,
        reply.sha256("sha256"),
        reply.optional("link_target"));
  }

  private static Kind kind(String word) {
    return switch (word) {
      case "absent" -> Kind.ABSENT;
      case "file" -> Kind.FILE;
      case "directory" -> Kind.DIRECTORY;
      case "symlink" -> Kind.SYMLINK;
      case "other" -> Kind.OTHER;
      default -> throw new IllegalStateException("kind is none that is known");
    };
  }

  /** Nothing is there. */
  public static FileState absent() {
    return new FileState(
        Kind.ABSENT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty());
  }
}
