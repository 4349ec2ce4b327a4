package dev.edgefleet.transport.ssh.channel;

import dev.edgefleet.transport.ssh.ProtocolAbuse;
import java.io.IOException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.threads.ThreadUtils;

/**
 * Bounds what waits in memory to be sent to a server that takes nothing. Its window is no bound,
 * for it says itself how large that is, and questions of its own have none at all.
 */
public final class Backlog {
  // More than the windows of several commands.
  private static final long DATA = 16 * 1024 * 1024;
  // A server may have its own words sent back to it: what is short costs as much as this.
  private static final int REPLY = 1024;
  private static final int REPLIES = 1000 * REPLY;

  private long data;
  private int replies;

  /** Hands a packet to the connection. */
  public interface Wire {
    IoWriteFuture write(Buffer packet) throws IOException;
  }

  /** Sends a packet: waits with data while much waits already, and gives up on too many replies. */
  public IoWriteFuture send(Buffer packet, Wire wire) throws IOException {
    int length = packet.available();
    return switch (packet.rawByte(packet.rpos())) {
      case SshConstants.SSH_MSG_CHANNEL_DATA -> {
        await(length);
        yield written(wire.write(packet), () -> data -= length, () -> data += length);
      }
      case SshConstants.SSH_MSG_UNIMPLEMENTED,
          SshConstants.SSH_MSG_REQUEST_SUCCESS,
          SshConstants.SSH_MSG_REQUEST_FAILURE,
          SshConstants.SSH_MSG_USERAUTH_INFO_RESPONSE,
          SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE,
          SshConstants.SSH_MSG_CHANNEL_SUCCESS,
          SshConstants.SSH_MSG_CHANNEL_FAILURE -> {
        refuseTooMany();
        int weight = Math.max(length, REPLY);
        yield written(wire.write(packet), () -> replies -= weight, () -> replies += weight);
      }
      default -> wire.write(packet);
    };
  }

  // What answers the server must never wait.
  private synchronized void await(int length) throws IOException {
    try {
      while (data + length > DATA && !ThreadUtils.isInternalThread()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private synchronized void refuseTooMany() throws IOException {
    if (replies >= REPLIES) {
      throw new ProtocolAbuse("it asks for answers faster than it takes them");
    }
  }

  private IoWriteFuture written(IoWriteFuture writing, Runnable over, Runnable begun) {
    change(begun);
    writing.addListener(done -> change(over));
    return writing;
  }

  private synchronized void change(Runnable change) {
    change.run();
    notifyAll();
  }
}
