package dev.edgefleet.remote.sh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Await;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.ShellConnection;
import dev.edgefleet.remote.file.WriteFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A write that a signal ends leaves the old file and nothing else. */
class SignalTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"dash,HUP", "dash,TERM", "dash,INT", "bash,HUP", "bash,TERM", "bash,INT"})
  void aWriteCleansUp(String shell, String signal) throws Exception {
    Path programs = Files.createDirectory(directory.resolve("bin"));
    Path device = Files.createDirectory(directory.resolve("device"));
    Files.writeString(device.resolve("a"), "old");
    // sync is where the temporary file is complete and the old one still in place.
    Path sync =
        Files.writeString(
            programs.resolve("sync"),
            "#!/bin/sh\n: > '%1$s/reached'\nwhile [ ! -e '%1$s/sent' ]; do sleep 0.05; done\n"
                .formatted(directory));
    assertThat(sync.toFile().setExecutable(true)).isTrue();
    // A build started in the background ignores INT, one under nohup HUP, and a shell cannot trap
    // what it was born to ignore.
    String run = "exec env --default-signal=HUP,INT,TERM " + shell;
    ShellConnection connection =
        new ShellConnection(List.of(), run, programs + ":/usr/bin:/bin", device);
    var process =
        (ShellConnection.LocalProcess)
            connection.start(ShBootstrap.commandLine("abc", Optional.empty(), ""));
    WriteFile write = WriteFile.of("a", "new".getBytes(StandardCharsets.UTF_8));
    process
        .input()
        .write(new SentPrograms().request(write, new OperationHeader("r", "s", "-"), "mark"));
    process.input().flush();
    Await.until("the write", () -> Files.exists(directory.resolve("reached")));
    assertThat(names(device)).hasSize(2);
    // As from a lost login: to all of it.
    List<ProcessHandle> all =
        Stream.concat(process.process().descendants(), Stream.of(process.process().toHandle()))
            .toList();
    List<String> kill = new ArrayList<>(List.of("kill", "-" + signal));
    all.forEach(one -> kill.add(Long.toString(one.pid())));
    new ProcessBuilder(kill).start().waitFor();
    Files.createFile(directory.resolve("sent"));
    // bash as the worker outlives an INT that ended only its operation.
    process.close();
    for (ProcessHandle one : all) {
      one.onExit().get(180, TimeUnit.SECONDS);
    }
    Await.end(process.process());
    if (!signal.equals("INT")) {
      assertThat(process.process().exitValue()).isGreaterThan(128);
    }
    assertThat(names(device)).containsExactly("a");
    assertThat(device.resolve("a")).hasContent("old");
  }

  private static List<String> names(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
