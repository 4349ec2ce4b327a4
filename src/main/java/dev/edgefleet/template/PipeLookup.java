package dev.edgefleet.template;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Evaluation;
import dev.edgefleet.jinja.Limits;
import dev.edgefleet.jinja.LookupScope;
import dev.edgefleet.jinja.TemplateError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;

/** The lookup {@code pipe}: what a shell command on the controller prints. */
final class PipeLookup {
  private static final int WAIT_MILLIS = 20;

  private PipeLookup() {}

  static String output(String command, Arguments options, LookupScope scope) {
    options.bound();
    if (!scope.mayRunPrograms()) {
      throw new TemplateError(
          "the lookup 'pipe' runs a program, which only a run does", "see what the run says");
    }
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    SearchPath.directory(scope)
        .filter(Files::isDirectory)
        .ifPresent(directory -> builder.directory(directory.toFile()));
    try {
      Process process = builder.start();
      try {
        String text = read(process);
        if (process.exitValue() != 0) {
          throw new TemplateError(
              "the command of the lookup 'pipe' ended with " + process.exitValue(),
              "try it on the controller, in the playbook's directory");
        }
        return text.stripTrailing();
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new TemplateError(
          "the command of the lookup 'pipe' cannot be run", "check that /bin/sh is there");
    }
  }

  // Never waits longer than an evaluation may take, nor takes more than it may hold.
  private static String read(Process process) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    InputStream out = process.getInputStream();
    byte[] buffer = new byte[8192];
    while (true) {
      Evaluation.tick();
      boolean over = ended(process);
      while (out.available() > 0) {
        int count = out.read(buffer, 0, Math.min(buffer.length, out.available()));
        bytes.write(buffer, 0, Math.max(0, count));
        Limits.text(bytes.size());
      }
      if (over) {
        return bytes.toString(StandardCharsets.UTF_8);
      }
    }
  }

  private static boolean ended(Process process) {
    try {
      return process.waitFor(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TemplateError("it was interrupted", "run again");
    }
  }
}
