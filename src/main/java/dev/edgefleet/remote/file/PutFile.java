package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a file to a content, owner and mode in one exchange: the device compares, and writes only
 * what differs. For content that may travel although it might not be needed; not on Windows.
 *
 * @param file what it should be; its {@code expected} is what the device finds
 * @param newMode mode of a file that was not there, where none is asked for
 */
public record PutFile(WriteFile file, String newMode) implements Operation<PutFile.Result> {
  /**
   * What was there and what was done.
   *
   * @param before what was at the path, or where its link leads; a directory there is left alone
   * @param directoryMissing the directory of the file is not there, and nothing was done
   * @param written whether the content was replaced
   * @param changed whether anything was
   * @param backup path of the old file, when it was kept
   * @param real where the symlink leads that was at the path; empty when none was followed
   */
  public record Result(
      FileState before,
      boolean directoryMissing,
      boolean written,
      boolean changed,
      Optional<String> backup,
      Optional<String> real) {}

  @Override
  public String script() {
    return file.script();
  }

  @Override
  public String purpose() {
    return file.purpose();
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = file.parameters();
    parameters.put("put", "true");
    parameters.put("new_mode", newMode);
    return parameters;
  }

  @Override
  public byte[] body() {
    return file.content();
  }

  @Override
  public boolean looksFirst() {
    return true;
  }

  @Override
  public Result result(Reply reply) {
    boolean directoryMissing = reply.optional("folder_missing").isPresent();
    FileState before = FileState.of(reply);
    boolean judged = !directoryMissing && before.kind() != FileState.Kind.DIRECTORY;
    return new Result(
        before,
        directoryMissing,
        judged && reply.flag("written"),
        judged && reply.flag("changed"),
        reply.optional("backup"),
        reply.optional("real"));
  }
}
