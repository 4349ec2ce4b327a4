package dev.edgefleet.remote.sh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Peer;
import dev.edgefleet.Sample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShellcheckTest {
  @TempDir Path directory;

  @Test
  void findsNothingInAllThatAWorkerMayHave() throws Exception {
    Path shellcheck = Peer.require("shellcheck", "shellcheck");
    StringBuilder program = new StringBuilder();
    Set<String> libraries = new LinkedHashSet<>(List.of("frame"));
    OperationCasesTest.operations()
        .forEach(name -> libraries.addAll(ShScript.of(name).libraries()));
    libraries.add("lock");
    for (String library : libraries) {
      program.append(library(library));
    }
    for (String operation : OperationCasesTest.operations()) {
      program.append(function(operation));
    }
    Path script = directory.resolve("all.sh");
    Files.writeString(script, program.append("serve\n"));
    check(shellcheck, script);
  }

  @ParameterizedTest
  @MethodSource("each")
  void findsNothingInPreludeAndOperationTogether(String operation) throws Exception {
    Path shellcheck = Peer.require("shellcheck", "shellcheck");
    Path script = directory.resolve(operation + ".sh");
    Files.writeString(script, program(operation));
    check(shellcheck, script);
  }

  // As a worker has it, comments included: what shellcheck is to overlook stands in those.
  private static String program(String operation) throws Exception {
    StringBuilder program = new StringBuilder(library("frame"));
    for (String library : ShScript.of(operation).libraries()) {
      program.append(library(library));
    }
    return program.append(library("lock")).append(function(operation)).append("serve\n").toString();
  }

  private static String function(String operation) throws Exception {
    return "op_" + ShScript.word(operation) + "() {\n" + ShScript.source(operation) + "}\n";
  }

  // Each takes seconds, for it has the libraries with it: not at length only the largest.
  private static List<String> each() {
    return Sample.AT_LENGTH
        ? OperationCasesTest.operations()
        : List.of("write-file", "run-command");
  }

  private static String library(String name) throws Exception {
    return Files.readString(Path.of("src/main/resources/remote/linux/lib", name + ".sh"));
  }

  @Test
  void findsNothingInWhatLooksAfterAJob() throws Exception {
    Path shellcheck = Peer.require("shellcheck", "shellcheck");
    Path script = directory.resolve("run-job.sh");
    Files.writeString(script, ShScript.source("parts/run-job"));
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
