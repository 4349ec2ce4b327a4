package dev.edgefleet.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Puts a {@link Hostile} device on a port of the loopback interface. */
public final class HostileServer implements AutoCloseable {
  private final ServerSocket listening;
  private final Hostile device;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private HostileServer(ServerSocket listening, Hostile device) {
    this.listening = listening;
    this.device = device;
  }

  public static HostileServer start(Hostile device) {
    try {
      HostileServer server =
          new HostileServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), device);
      Thread.ofVirtual().name("hostile-accept").start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        sockets.add(socket);
        Thread.ofVirtual().name("hostile-serve").start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // With the server.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      device.serve(socket);
    } catch (IOException | InterruptedException givenUp) {
      // As it should be.
    } finally {
      sockets.remove(socket);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
