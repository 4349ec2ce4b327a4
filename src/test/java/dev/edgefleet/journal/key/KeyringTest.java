package dev.edgefleet.journal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.JournalFailed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyringTest {
  private static final byte[] TEXT =
      "edgefleet run -e pin=no-digits".getBytes(StandardCharsets.UTF_8);

  @TempDir Path temp;

  @Test
  void aKeyIsMadeOnceAndForItsOwnerOnly() throws Exception {
    Path config = temp.resolve("deep/config");
    StoreKey.in(config);
    byte[] made = Files.readAllBytes(config.resolve(StoreKey.FILE));
    StoreKey.in(config);
    assertThat(Files.readAllBytes(config.resolve(StoreKey.FILE))).isEqualTo(made).hasSize(32);
    assertThat(mode(config)).isEqualTo("rwx------");
    assertThat(mode(config.resolve(StoreKey.FILE))).isEqualTo("rw-------");
    assertThat(StoreKey.in(config).toString()).isEqualTo("StoreKey[***]");
  }

  @Test
  void manyFirstUsesAtOnceAgree() throws Exception {
    Path config = temp.resolve("config");
    Path sealed = temp.resolve("sealed");
    List<Callable<Keyring>> uses = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      uses.add(() -> Keyring.of(config));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Future<Keyring>> all = threads.invokeAll(uses);
      SealedFile.write(sealed, TEXT, all.getFirst().get().store());
      for (Future<Keyring> one : all) {
        assertThat(SealedFile.read(sealed, one.get().store())).isEqualTo(TEXT);
      }
    }
    try (Stream<Path> files = Files.list(config)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".new"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
  void aKeyThatOthersCanReadIsRefused(String mode) throws Exception {
    StoreKey.in(temp);
    Path file = temp.resolve(StoreKey.FILE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    assertThatThrownBy(() -> StoreKey.in(temp))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(mode)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aDirectoryThatOthersCanWriteToIsRefused() throws Exception {
    StoreKey.in(temp);
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxr-x"));
    assertThatThrownBy(() -> StoreKey.in(temp))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("others can write to " + temp);
  }

  @Test
  void aKeyThatWasCutIsRefusedAndNotReplaced() throws Exception {
    StoreKey.in(temp);
    Path file = temp.resolve(StoreKey.FILE);
    Files.write(file, new byte[7]);
    assertThatThrownBy(() -> StoreKey.in(temp))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("has 7 bytes, not 32");
    assertThat(Files.size(file)).isEqualTo(7);
  }

  @Test
  void theDirectoryIsNamedByTheEnvironmentOrIsInTheHome() {
    assertThat(Keyring.directory(Map.of("EDGEFLEET_CONFIG", "/k", "XDG_CONFIG_HOME", "/x"), "/h"))
        .isEqualTo(Path.of("/k"));
    assertThat(Keyring.directory(Map.of("XDG_CONFIG_HOME", "/x"), "/h"))
        .isEqualTo(Path.of("/x/edgefleet"));
    assertThat(Keyring.directory(Map.of("XDG_CONFIG_HOME", "relative"), "/h"))
        .isEqualTo(Path.of("/h/.config/edgefleet"));
    assertThatThrownBy(() -> Keyring.directory(Map.of(), "?"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("EDGEFLEET_CONFIG");
  }

  @Test
  void testsNeverTouchAHome() {
    assertThat(Keyring.userDirectory())
        .isEqualTo(Path.of(System.getenv("EDGEFLEET_CONFIG")).toAbsolutePath());
  }

  @Test
  void aSealedFileOpensInItsPlaceOnly() throws Exception {
    StoreKey key = StoreKey.in(temp.resolve("config"));
    Path one = Files.createDirectories(temp.resolve("r1")).resolve("request");
    Path other = Files.createDirectories(temp.resolve("r2")).resolve("request");
    SealedFile.write(one, "old".getBytes(StandardCharsets.UTF_8), key);
    SealedFile.write(one, TEXT, key);
    assertThat(SealedFile.read(one, key)).isEqualTo(TEXT);
    assertThat(mode(one)).isEqualTo("rw-------");
    assertThat(Files.readString(one, StandardCharsets.ISO_8859_1)).doesNotContain("no-digits");
    try (Stream<Path> files = Files.list(one.getParent())) {
      assertThat(files).containsExactly(one);
    }

    Files.copy(one, other);
    assertThatThrownBy(() -> SealedFile.read(other, key))
        .isInstanceOf(JournalFailed.class)
        .hasMessageContaining(other + " does not open");
    byte[] flipped = Files.readAllBytes(one);
    flipped[flipped.length - 1] ^= 1;
    Files.write(one, flipped);
    assertThatThrownBy(() -> SealedFile.read(one, key))
        .isInstanceOf(JournalFailed.class)
        .hasMessageContaining("does not open")
        .hasMessageNotContaining("no-digits");
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
