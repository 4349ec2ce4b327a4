package dev.edgefleet.report;

import dev.edgefleet.io.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A text file that is there whole or not at all. */
public final class WholeFile {
  private WholeFile() {}

  /** Something that writes text. */
  public interface Content {
    void writeTo(Writer writer) throws IOException;
  }

  /** Replaces the file, if there is one; it is for its owner only (0600). */
  public static void write(Path file, Content content) throws IOException {
    AtomicFile.replace(
        file,
        out -> {
          Writer writer =
              new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
          content.writeTo(writer);
          writer.flush();
        },
        _ -> {});
  }
}
