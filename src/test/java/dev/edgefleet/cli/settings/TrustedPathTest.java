package dev.edgefleet.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every component of a path, and of what its symlinks name, is looked at. */
class TrustedPathTest {
  private static final int SOMEBODY = 12345;

  @TempDir Path top;
  private Path mine;
  private Path file;
  private final int user = SettingsContext.ofProcess().user();

  @BeforeEach
  void places() throws IOException {
    top = top.toRealPath();
    mine = directory("a/b/mine", "rwxr-xr-x");
    file = Files.createFile(mine.resolve("edgefleet.yml"));
    mode(file, "rw-r--r--");
    mode(top.resolve("a"), "rwxr-xr-x");
    mode(top.resolve("a/b"), "rwxr-xr-x");
  }

  private Path directory(String name, String mode) throws IOException {
    return mode(Files.createDirectories(top.resolve(name)), mode);
  }

  private static Path mode(Path path, String mode) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void sticky(Path path) throws IOException {
    Files.setAttribute(path, "unix:mode", 01777);
  }

  private Optional<Path> weak(Path path) throws IOException {
    return TrustedPath.weakness(path, user).map(TrustedPath.Weakness::component);
  }

  @Test
  void whatIsOnesOwnAllTheWayIsTrusted() throws IOException {
    assertThat(weak(file)).isEmpty();
    assertThat(weak(mine.resolve("../mine/./edgefleet.yml"))).isEmpty();
  }

  @Test
  void eachComponentCounts() throws IOException {
    for (Path at = file; !at.equals(top); at = at.getParent()) {
      var before = Files.getPosixFilePermissions(at);
      for (String open : new String[] {"rwxrwx---", "rwxrwxr-x", "rwxr-xrwx", "rwx---rwx"}) {
        mode(at, open);
        assertThat(weak(file)).contains(at);
      }
      Files.setPosixFilePermissions(at, before);
      assertThat(weak(file)).isEmpty();
    }
  }

  /** The temporary directory that this runs in is in /tmp itself. */
  @Test
  void aDirectoryOfOnesOwnInAStickyOneIsAsGoodAsElsewhere() throws IOException {
    sticky(top.resolve("a"));
    assertThat(weak(file)).isEmpty();
  }

  /** What it names beside it anybody could make. */
  @Test
  void aFileRightInAStickyDirectoryIsNotTrusted() throws IOException {
    sticky(mine);
    assertThat(weak(file)).contains(mine);
    assertThat(TrustedPath.weakness(file, user).orElseThrow().remedy()).contains("move the file");
    // Nor one that a link there names.
    Path link = Files.createSymbolicLink(mine.resolve("link.yml"), top.resolve("a/b/real.yml"));
    mode(Files.createFile(top.resolve("a/b/real.yml")), "rw-r--r--");
    assertThat(weak(link)).contains(mine);
  }

  @Test
  void aSymlinkIsAComponentAndSoIsAllThatItNames() throws IOException {
    Path open = directory("open", "rwxrwxrwx");
    Path there = mode(Files.createFile(open.resolve("edgefleet.yml")), "rw-r--r--");
    Path link = mine.resolve("other.yml");
    Files.createSymbolicLink(link, there);
    assertThat(weak(link)).contains(open);
    Path linked = top.resolve("linked");
    Files.createSymbolicLink(linked, Path.of("a/../open"));
    assertThat(weak(linked.resolve("edgefleet.yml"))).contains(open);
    mode(open, "rwxr-xr-x");
    assertThat(weak(link)).isEmpty();
    assertThat(weak(linked.resolve("edgefleet.yml"))).isEmpty();
  }

  @Test
  void symlinksInARingAreNoFile() throws IOException {
    Path one = mine.resolve("one");
    Files.createSymbolicLink(one, mine.resolve("two"));
    Files.createSymbolicLink(mine.resolve("two"), one);
    assertThatThrownBy(() -> weak(one)).isInstanceOf(IOException.class);
  }

  @Test
  void whatBelongsToSomebodyElseIsNotTrusted() throws IOException {
    assumeTrue(user == 0, "only root gives files away");
    for (Path at = file; !at.equals(top); at = at.getParent()) {
      Files.setAttribute(at, "unix:uid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);
      assertThat(weak(file)).contains(at);
      assertThat(TrustedPath.weakness(file, SOMEBODY)).isEmpty();
      Files.setAttribute(at, "unix:uid", 0, LinkOption.NOFOLLOW_LINKS);
    }
    // A link of somebody else's, in a directory such as /tmp, to a file that is good.
    Path link = Files.createSymbolicLink(top.resolve("link"), mine);
    Files.setAttribute(link, "unix:uid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);
    assertThat(weak(link.resolve("edgefleet.yml"))).contains(link);
  }
}
