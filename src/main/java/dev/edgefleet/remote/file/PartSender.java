package dev.edgefleet.remote.file;

import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.io.Hash;
import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.Reply;
import dev.edgefleet.remote.ScriptFailure;
import dev.edgefleet.remote.powershell.PowerShellExchange;
import dev.edgefleet.remote.wire.Nonce;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.FileShare;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Sends content to a part beside its target, on a Windows device: through the device's share, or
 * piece by piece in operations. A part is named after its content, so that a later try goes on
 * where it ends.
 */
public final class PartSender {
  /** Largest content that goes with its operation, in bytes. */
  static final int WHOLE = 64 << 10;

  private static final int PIECE = 8 << 20;

  private final Connection connection;
  private final OperationHeader header;
  private final Deadline deadline;
  private final AnswerBudget budget;

  public PartSender(
      Connection connection, OperationHeader header, Deadline deadline, AnswerBudget budget) {
    this.connection = connection;
    this.header = header;
    this.deadline = deadline;
    this.budget = budget;
  }

  /** What is sent, and can be read again. */
  public sealed interface Content {
    long size();

    /** SHA-256, 64 lower-case hex digits. */
    String sha256();

    InputStream open() throws IOException;

    /** In memory. */
    record Bytes(byte[] bytes, String sha256) implements Content {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    }

    /** A file of the controller, which must not change meanwhile. */
    record InFile(Path file, long size, String sha256) implements Content {
      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }
    }
  }

  /**
   * @param target path on the device that the content is for
   * @return path of the part, which holds all of it
   */
  String send(String target, Content content) {
    String part = target + ".edgefleet-part-" + content.sha256().substring(0, 16);
    ReceivePart.State state = perform(new ReceivePart(part, 0, new byte[0]));
    if (state.size() == content.size() && state.sha256().equals(content.sha256())) {
      return part;
    }
    try {
      long from = state.size() <= content.size() && begins(content, state) ? state.size() : 0;
      if (from == 0 && state.size() > 0) {
        perform(new RemoveFile(part, false));
      }
      Optional<FileShare> share = connection.share().filter(files -> files.covers(part));
      if (share.isPresent()) {
        sendThroughShare(share.get(), part, content, from);
      } else {
        sendPieces(part, content, from);
      }
    } catch (IOException e) {
      throw new StepFailed(
          "could not send " + target + ": " + e.getMessage(), "run again: it goes on from there");
    }
    return part;
  }

  // Its first bytes go as an operation: the file is then nobody's but the administrators', which
  // one
  // that the share makes would not be.
  private void sendThroughShare(FileShare share, String part, Content content, long from)
      throws IOException {
    try (InputStream in = content.open()) {
      in.skipNBytes(from);
      long offset =
          from > 0 ? from : perform(new ReceivePart(part, 0, in.readNBytes(WHOLE))).size();
      share.write(part, in, offset);
    }
  }

  private void sendPieces(String part, Content content, long from) throws IOException {
    try (InputStream in = content.open()) {
      in.skipNBytes(from);
      long offset = from;
      while (offset < content.size()) {
        byte[] piece = in.readNBytes(PIECE);
        if (piece.length == 0) {
          throw new IOException("it became shorter while it was read");
        }
        offset = perform(new ReceivePart(part, offset, piece)).size();
      }
    }
  }

  private static boolean begins(Content content, ReceivePart.State part) throws IOException {
    if (part.size() == 0) {
      return true;
    }
    try (InputStream in = content.open()) {
      return Hash.sha256Hex(in, part.size()).equals(part.sha256());
    }
  }

  private <R> R perform(Operation<R> operation) {
    try (AnswerBudget.Share share = budget.open()) {
      Reply reply =
          new PowerShellExchange(connection, Nonce.make())
              .perform(operation, header, deadline, share);
      if (reply.failed()) {
        throw ScriptFailure.of(operation, reply.values());
      }
      return operation.result(reply);
    }
  }
}
