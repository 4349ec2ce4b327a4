package dev.edgefleet.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.List;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;

/** One server on many ports: hundreds of devices share its threads and its host key. */
final class FleetServer extends SshServer {
  static FleetServer create() {
    return (FleetServer) ServerBuilder.builder().factory(FleetServer::new).build(true);
  }

  /**
   * Starts on as many ports of the loopback interface, chosen by the system.
   *
   * @return the ports, all different
   */
  List<Integer> startOn(int ports) throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    setHost(loopback.getHostAddress());
    start();
    acceptor.bind(Collections.nCopies(ports - 1, new InetSocketAddress(loopback, 0)));
    return acceptor.getBoundAddresses().stream().map(FleetServer::port).sorted().toList();
  }

  static int port(SocketAddress address) {
    return ((InetSocketAddress) address).getPort();
  }
}
