package dev.edgefleet.remote.file;

import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.io.Hash;
import dev.edgefleet.remote.BodyLimits;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;

/**
 * Reads a whole file. A file that is not there is no failure: its state says so.
 *
 * @param path of the file
 * @param limit most bytes to read; a larger file fails
 * @param follow whether symlinks are followed whosever they are
 */
public record ReadFile(String path, long limit, boolean follow) implements Operation<FileContent> {
  /** Follows no link that somebody else may have put there. */
  public ReadFile(String path, long limit) {
    this(path, limit, false);
  }

  private static final long LARGEST = 64L << 20;

  @Override
  public String script() {
    return "read-file";
  }

  @Override
  public String purpose() {
    return "read " + path;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = Attributes.of(path, follow);
    parameters.put("limit", Long.toString(limit));
    return parameters;
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public BodyLimits bodyLimits() {
    return BodyLimits.whole(Math.min(limit, LARGEST));
  }

  @Override
  public FileContent result(Reply reply) {
    FileState state = FileState.of(reply);
    if (state.kind() == FileState.Kind.FILE
        && !Hash.sha256Hex(reply.body()).equals(state.sha256().orElse(""))) {
      throw new StepFailed(
          "could not " + purpose() + ": it changed while it was read",
          "run again when nothing else writes to it");
    }
    return new FileContent(state, reply.body());
  }
}
