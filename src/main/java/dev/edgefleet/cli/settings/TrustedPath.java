package dev.edgefleet.cli.settings;

import dev.edgefleet.io.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Whether anybody but root and this user could have written a file, or put another in its place:
 * every component of its path belongs to one of the two, and nobody else may write to it. A symlink
 * is a component, and so is every component of what it names.
 *
 * <p>In a directory such as {@code /tmp}, which all may write to and whose entries only their
 * owners may replace, a directory of one's own is as good as elsewhere. A file right there is not:
 * who reads it takes names beside it, and those anybody may make.
 */
final class TrustedPath {
  private static final int MOST_LINKS = 40;
  private static final int STICKY = 01000;
  private static final int TYPE = 0170000;
  private static final int SYMLINK = 0120000;

  private final int user;
  private final Deque<Path> names = new ArrayDeque<>();
  private Path at = Path.of("/");
  private int links;

  private TrustedPath(int user) {
    this.user = user;
  }

  /**
   * A component that somebody else has a say in.
   *
   * @param why whose it is, or who may write to it; goes on where {@code component} ends
   * @param remedy a command that mends it
   */
  record Weakness(Path component, String why, String remedy) {}

  /**
   * The first weak component on the way to a file; empty when there is none.
   *
   * @param user id of the user besides root who may write
   * @throws IOException when a component cannot be looked at
   */
  static Optional<Weakness> weakness(Path file, int user) throws IOException {
    return new TrustedPath(user).follow(file.toAbsolutePath());
  }

  private Optional<Weakness> follow(Path file) throws IOException {
    push(file);
    Optional<Weakness> found = inspect(at);
    while (found.isEmpty() && !names.isEmpty()) {
      Path name = names.pop();
      switch (name.toString()) {
        case "", "." -> {}
        case ".." -> at = Optional.ofNullable(at.getParent()).orElse(at);
        default -> found = enter(at.resolve(name));
      }
    }
    return found;
  }

  private Optional<Weakness> enter(Path next) throws IOException {
    Optional<Weakness> found = inspect(next);
    if (found.isPresent() || !Files.isSymbolicLink(next)) {
      at = next;
      return found;
    }
    links++;
    if (links > MOST_LINKS) {
      throw new IOException("too many symlinks on the way to it");
    }
    Path target = Files.readSymbolicLink(next);
    if (target.isAbsolute()) {
      at = Path.of("/");
    }
    push(target);
    return Optional.empty();
  }

  private void push(Path path) {
    List<Path> all = new ArrayList<>();
    path.forEach(all::add);
    all.reversed().forEach(names::push);
  }

  private Optional<Weakness> inspect(Path component) throws IOException {
    Ownership found = Ownership.of(component);
    int mode = found.mode();
    int owner = found.user();
    if (owner != 0 && owner != user) {
      return Optional.of(
          new Weakness(
              component,
              "belongs to " + Ownership.name(component),
              "have it belong to you or to root: chown -h \"$(id -u)\" " + component));
    }
    boolean open = (mode & TYPE) != SYMLINK && found.isOpenToOthers();
    boolean passedThrough = found.isDirectory() && (mode & STICKY) != 0 && names.size() > 1;
    return open && !passedThrough
        ? Optional.of(
            new Weakness(
                component,
                "can be written by others (mode " + Integer.toOctalString(mode & 07777) + ")",
                (mode & STICKY) != 0
                    ? "move the file to a directory of your own"
                    : "take that away: chmod go-w " + component))
        : Optional.empty();
  }
}
