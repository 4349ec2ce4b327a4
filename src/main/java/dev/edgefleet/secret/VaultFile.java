package dev.edgefleet.secret;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.io.AtomicFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a vault command works on: a file, or standard input and output.
 *
 * @param name a path, or {@code -}
 */
public record VaultFile(String name) {
  private static final String STANDARD = "-";

  /** The files named on a command line; standard input when there are none. */
  public static List<VaultFile> all(List<String> names) {
    return names.isEmpty()
        ? List.of(new VaultFile(STANDARD))
        : names.stream().map(VaultFile::new).toList();
  }

  /** Replaces each file, after it is known that all of them can be. */
  public static void change(List<VaultFile> files, UnaryOperator<byte[]> change) {
    List<byte[]> changed = files.stream().map(file -> file.changed(change)).toList();
    for (int i = 0; i < files.size(); i++) {
      files.get(i).write(changed.get(i));
    }
  }

  /** As {@link #change}, with the result of the one file in another. */
  public static void change(List<VaultFile> files, String output, UnaryOperator<byte[]> change) {
    if (output.isEmpty()) {
      change(files, change);
      return;
    }
    if (files.size() > 1) {
      throw new BadInput(
          "--output takes one file, and " + files.size() + " are given", "leave --output out");
    }
    new VaultFile(output).write(files.getFirst().changed(change));
  }

  /** The content as {@code change} makes it, and nothing written. */
  public byte[] changed(UnaryOperator<byte[]> change) {
    byte[] before = read();
    try {
      return change.apply(before);
    } catch (BadInput e) {
      throw new BadInput(
          (isStandard() ? "standard input" : name) + ": " + e.problems().getFirst().found(),
          e.problems().getFirst().remedy());
    }
  }

  private boolean isStandard() {
    return name.equals(STANDARD);
  }

  private byte[] read() {
    try {
      return isStandard() ? System.in.readAllBytes() : Files.readAllBytes(Path.of(name));
    } catch (NoSuchFileException e) {
      throw new BadInput("there is no file " + name, "check the path");
    } catch (IOException e) {
      throw new BadInput("cannot read " + name + reason(e), "check who may read it");
    }
  }

  private void write(byte[] content) {
    if (isStandard()) {
      System.out.writeBytes(content);
      System.out.flush();
      return;
    }
    try {
      Path file = Path.of(name);
      replace(Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(), content);
    } catch (IOException e) {
      throw new BadInput(
          "cannot write " + name + reason(e), "check who may write there, and the space left");
    }
  }

  // What is written is for its owner only until it has the old file's mode.
  private static void replace(Path file, byte[] content) throws IOException {
    AtomicFile.replace(
        file, out -> out.write(content), Files.exists(file) ? AtomicFile.like(file) : _ -> {});
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException ? ": permission denied" : ": " + e.getMessage();
  }
}
