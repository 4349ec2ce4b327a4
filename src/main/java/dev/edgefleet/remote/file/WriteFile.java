package dev.edgefleet.remote.file;

import dev.edgefleet.io.Hash;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import dev.edgefleet.remote.service.PendingRestart;
import java.util.Map;
import java.util.Optional;

/**
 * Puts content into a file in one step: readers see the old file or the new one, never a part. A
 * symlink that is followed stays, and its target is replaced.
 *
 * @param path of the file; its directory must be there
 * @param content all of it
 * @param owner user name or number; empty keeps the old file's, or the running user for a new one
 * @param group group name or number; empty keeps the old file's
 * @param mode octal text such as {@code 0644}, or symbolic; empty keeps the old file's, or 0644 for
 *     a new one
 * @param expected SHA-256 the file must still have, or {@link #ABSENT}; empty overwrites anything
 * @param backup whether the old file stays beside it as {@code NAME.edgefleet-<UTC time>}
 * @param owes restart that is due once the file is replaced
 * @param follow whether symlinks are followed whosever they are
 * @param check what has to accept it first
 */
public record WriteFile(
    String path,
    byte[] content,
    Optional<String> owner,
    Optional<String> group,
    Optional<String> mode,
    Optional<String> expected,
    boolean backup,
    Optional<PendingRestart> owes,
    boolean follow,
    Optional<NewFileCheck> check)
    implements Operation<WriteResult> {
  /** Asks nobody whether it may be put there. */
  public WriteFile(
      String path,
      byte[] content,
      Optional<String> owner,
      Optional<String> group,
      Optional<String> mode,
      Optional<String> expected,
      boolean backup,
      Optional<PendingRestart> owes,
      boolean follow) {
    this(path, content, owner, group, mode, expected, backup, owes, follow, Optional.empty());
  }

  /** Follows no link that somebody else may have put there. */
  public WriteFile(
      String path,
      byte[] content,
      Optional<String> owner,
      Optional<String> group,
      Optional<String> mode,
      Optional<String> expected,
      boolean backup,
      Optional<PendingRestart> owes) {
    this(path, content, owner, group, mode, expected, backup, owes, false);
  }

  /** As {@code expected}: there must be no file yet. */
  public static final String ABSENT = "absent";

  /** Overwrites whatever is there, keeping its owner and mode, without a backup. */
  public static WriteFile of(String path, byte[] content) {
    return new WriteFile(
        path,
        content,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  @Override
  public String script() {
    return "write-file";
  }

  @Override
  public String purpose() {
    return "write " + path;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = Attributes.parameters(path, owner, group, mode, follow);
    parameters.put("sha256", Hash.sha256Hex(content));
    parameters.put("backup", Boolean.toString(backup));
    expected.ifPresent(value -> parameters.put("expected", value));
    owes.ifPresent(
        value -> {
          parameters.put("service", value.service());
          parameters.put("state_folder", value.stateDirectory());
        });
    check.ifPresent(program -> program.addTo(parameters));
    return parameters;
  }

  @Override
  public byte[] body() {
    return content;
  }

  @Override
  public Operation<WriteResult> sendAhead(PartSender sender) {
    return content.length <= PartSender.WHOLE
        ? this
        : new WriteFromPart(
            this,
            sender.send(path, new PartSender.Content.Bytes(content, Hash.sha256Hex(content))));
  }

  @Override
  public boolean looksFirst() {
    return true;
  }

  @Override
  public WriteResult result(Reply reply) {
    return new WriteResult(reply.value("sha256"), reply.optional("backup"), reply.optional("real"));
  }
}
