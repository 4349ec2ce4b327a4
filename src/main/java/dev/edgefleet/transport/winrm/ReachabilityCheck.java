package dev.edgefleet.transport.winrm;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.transport.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Looks whether a device answers, and whether its certificate is believed, before anything is sent.
 */
final class ReachabilityCheck {
  private ReachabilityCheck() {}

  /**
   * @throws Failure when there is no way to the device
   */
  static void check(WinRmTarget target, PeerTrust trust) {
    int limit = Math.toIntExact(target.connectLimit().toMillis());
    try (Allowance allowance = Allowance.until(Deadline.in(target.connectLimit()))) {
      try {
        InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
        if (address.isUnresolved()) {
          throw new UnknownHostException(target.host());
        }
        Socket socket = allowance.socket();
        socket.connect(address, limit);
        if (target.https()) {
          shakeHands(allowance, socket, target, trust);
        }
      } catch (IOException e) {
        Allowance.Exceeded exceeded = allowance.exceeded();
        throw WinRmErrors.unreachable(target, trust, exceeded == null ? e : exceeded);
      }
    }
  }

  private static void shakeHands(
      Allowance allowance, Socket socket, WinRmTarget target, PeerTrust trust) throws IOException {
    try (SSLSocket tls =
        (SSLSocket)
            trust
                .tls()
                .getSocketFactory()
                .createSocket(socket, target.host(), target.port(), true)) {
      if (target.trust().namesHost()) {
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
      }
      try {
        tls.startHandshake();
      } finally {
        // Closing TLS would read what the device still has to say.
        allowance.close();
      }
    }
  }
}
