package dev.edgefleet.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote. */
public final class Version implements IVersionProvider {
  // Not the manifest's: classes that come from the cache of a fast start may know of none.
  static String number() {
    try (InputStream in = Version.class.getResourceAsStream("/version")) {
      if (in == null) {
        throw new IllegalStateException("the build left no version");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"edgefleet " + number() + ", Java " + Runtime.version()};
  }
}
