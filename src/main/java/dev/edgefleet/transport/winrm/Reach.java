package dev.edgefleet.transport.winrm;

import dev.edgefleet.failure.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Looks whether a device answers, and whether its certificate is believed, before anything is sent.
 */
final class Reach {
  private Reach() {}

  /**
   * @throws Failure when there is no way to the device
   */
  static void check(WinRmTarget target, PeerTrust trust) {
    int limit = Math.toIntExact(target.connectLimit().toMillis());
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException(target.host());
      }
      socket.connect(address, limit);
      socket.setSoTimeout(limit);
      if (target.https()) {
        shakeHands(socket, target, trust);
      }
    } catch (IOException e) {
      throw Wording.unreachable(target, trust, e);
    }
  }

  private static void shakeHands(Socket socket, WinRmTarget target, PeerTrust trust)
      throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      try (SSLSocket tls =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, target.host(), target.port(), true)) {
        if (target.trust().namesHost()) {
          SSLParameters parameters = tls.getSSLParameters();
          parameters.setEndpointIdentificationAlgorithm("HTTPS");
          tls.setSSLParameters(parameters);
        }
        tls.startHandshake();
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
