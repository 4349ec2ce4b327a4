package dev.edgefleet.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Given a file with the x bit, then it is a program only where the system itself can run it. */
class ProgramFileTest {
  @TempDir Path directory;

  private Path file(String content, String mode) throws IOException {
    Path file = directory.resolve("file");
    Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#!/bin/sh\necho x\n",
        "#! /bin/sh -e\n",
        "#!\t/usr/bin/env python3\n",
        "#!/bin/sh",
        "#!/bin/sh\r\necho x\r\n",
        "#!/no/such/interpreter\n",
        "#!no-path\n",
      })
  void scripts(String content) throws Exception {
    assertThat(ProgramFile.is(file(content, "rwxr-xr-x"))).isTrue();
    assertThat(ProgramFile.is(file(content, "rw-r--r--"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#",
        "#!",
        "#!\n/bin/sh\n",
        "#!  \t \n",
        "secret\n",
        " #!/bin/sh\n",
        "\u00ef\u00bb\u00bf#!/bin/sh\n",
        "\u007fELF",
        "MZ and more\n",
        "PK\u0003\u0004",
        "\u0000\u0001\u0002",
      })
  void otherFiles(String content) throws Exception {
    assertThat(ProgramFile.is(file(content, "rwxrwxrwx"))).isFalse();
  }

  @Test
  void binariesOfThisMachineOnly() throws Exception {
    Path own = Path.of("/proc/self/exe").toRealPath();
    assertThat(ProgramFile.is(own)).isTrue();
    byte[] other = Files.readAllBytes(own);
    // SPARC.
    other[18] = 2;
    other[19] = 0;
    Path file = file("", "rwxr-xr-x");
    Files.write(file, other);
    assertThat(ProgramFile.is(file)).isFalse();
  }

  @Test
  void anInterpreterThatIsNoProgramItself() throws Exception {
    Path text = Files.writeString(directory.resolve("text"), "touch ran\n");
    Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(ProgramFile.is(file("#!" + text + "\n", "rwxr-xr-x"))).isFalse();
    Path itself = directory.resolve("file");
    assertThat(ProgramFile.is(file("#!" + itself + "\n", "rwxr-xr-x"))).isFalse();
  }

  @Test
  void aFirstLineThatLinuxReadsOnlyHalf() throws Exception {
    assertThat(ProgramFile.is(file("#!/" + "x".repeat(300) + "\n", "rwxr-xr-x"))).isFalse();
    assertThat(ProgramFile.is(file("#!/bin/sh " + "x".repeat(300) + "\n", "rwxr-xr-x"))).isTrue();
  }

  @Test
  void directoriesAndWhatIsNotThere() {
    assertThat(ProgramFile.is(directory)).isFalse();
    assertThat(ProgramFile.is(directory.resolve("nowhere"))).isFalse();
  }
}
