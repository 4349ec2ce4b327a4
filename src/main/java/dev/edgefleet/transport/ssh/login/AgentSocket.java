package dev.edgefleet.transport.ssh.login;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * Speaks to an ssh-agent over its Unix socket, one connection a question, so that any number of
 * threads may ask at once.
 */
final class AgentSocket extends AbstractAgentProxy {
  private static final int LONGEST_ANSWER = 256 * 1024;

  private final UnixDomainSocketAddress address;

  AgentSocket(Path socket) {
    super(null);
    this.address = UnixDomainSocketAddress.of(socket);
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  protected Buffer request(Buffer question) throws IOException {
    try (SocketChannel channel = SocketChannel.open(address)) {
      ByteBuffer out = ByteBuffer.wrap(question.array(), question.rpos(), question.available());
      while (out.hasRemaining()) {
        channel.write(out);
      }
      int length = read(channel, 4).getInt();
      if (length <= 0 || length > LONGEST_ANSWER) {
        throw new IOException("the agent sent an answer of " + length + " bytes");
      }
      return new ByteArrayBuffer(read(channel, length).array());
    }
  }

  private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(length);
    while (in.hasRemaining()) {
      if (channel.read(in) < 0) {
        throw new EOFException("the agent hung up");
      }
    }
    return in.flip();
  }
}
