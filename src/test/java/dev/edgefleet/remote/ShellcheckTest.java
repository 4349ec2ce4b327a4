package dev.edgefleet.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Peer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShellcheckTest {
  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("dev.edgefleet.remote.OperationCasesTest#operations")
  void findsNothingInPreludeAndOperationTogether(String operation) throws Exception {
    Path shellcheck = Peer.require("shellcheck", "shellcheck");
    Path script = folder.resolve(operation + ".sh");
    Files.writeString(script, program(operation));
    check(shellcheck, script);
  }

  // As a worker has it, comments included: what shellcheck is to overlook stands in those.
  private static String program(String operation) throws Exception {
    StringBuilder program = new StringBuilder(library("frame"));
    for (String library : Script.of(operation).libraries()) {
      program.append(library(library));
    }
    return program
        .append(library("lock"))
        .append("op_" + Script.word(operation) + "() {\n")
        .append(Script.source(operation))
        .append("}\nserve\n")
        .toString();
  }

  private static String library(String name) throws Exception {
    return Files.readString(Path.of("src/main/resources/remote/linux/lib", name + ".sh"));
  }

  @Test
  void findsNothingInWhatLooksAfterAJob() throws Exception {
    Path shellcheck = Peer.require("shellcheck", "shellcheck");
    Path script = folder.resolve("run-job.sh");
    Files.writeString(script, Script.source("parts/run-job"));
    check(shellcheck, script);
  }

  private static void check(Path shellcheck, Path script) throws Exception {
    Process process =
        new ProcessBuilder(shellcheck.toString(), "-s", "sh", script.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEmpty();
    assertThat(process.waitFor()).isZero();
  }
}
