package dev.edgefleet.transport.ssh.login;

import dev.edgefleet.transport.ssh.HandshakeTrace;
import dev.edgefleet.transport.ssh.ProtocolAbuse;
import java.io.IOException;
import java.util.List;
import org.apache.sshd.client.session.ClientUserAuthService;
import org.apache.sshd.client.session.ClientUserAuthServiceFactory;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * The login, which also notes what ways to log in the server allows, and hears it out only so far.
 */
public final class LoginService extends ClientUserAuthService {
  /** Makes one for each session. */
  public static final class Factory extends ClientUserAuthServiceFactory {
    @Override
    public Service create(Session session) throws IOException {
      return new LoginService(session);
    }
  }

  // A few for each key and each question, and a banner.
  private static final int MOST_MESSAGES = 1000;

  private int messages;

  private LoginService(Session session) {
    super(session);
  }

  @Override
  public void process(int command, Buffer buffer) throws Exception {
    messages++;
    if (messages > MOST_MESSAGES) {
      throw new ProtocolAbuse("it sent more than " + MOST_MESSAGES + " messages and let nobody in");
    }
    if (command == SshConstants.SSH_MSG_USERAUTH_FAILURE) {
      int start = buffer.rpos();
      String methods = buffer.getString();
      buffer.rpos(start);
      HandshakeTrace.of(getSession()).allowed(List.of(methods.split(",", -1)));
    }
    super.process(command, buffer);
  }
}
