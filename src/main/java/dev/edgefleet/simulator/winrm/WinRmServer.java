package dev.edgefleet.simulator.winrm;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The WinRM service of many simulated Windows devices, each with a port of its own on 127.0.0.1. It
 * counts what is asked and which shells are left behind, and is as strict as Windows about times
 * and sizes. Safe for use by many threads.
 */
public final class WinRmServer implements AutoCloseable {
  static {
    // Read once, by the first server that starts: without it each answer waits 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final WinRmSettings settings;
  private final Login login;
  private final Map<Integer, Device> devices = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("winrm-idle-shells").factory());

  /** A device that listens. */
  private record Device(HttpServer server, ShellService shells, RequestLog log) {}

  private WinRmServer(WinRmSettings settings) {
    this.settings = settings;
    this.login = new Login(settings);
  }

  /** A service without devices yet. */
  public static WinRmServer start(WinRmSettings settings) {
    WinRmServer server = new WinRmServer(settings);
    var _ =
        server.timer.scheduleWithFixedDelay(
            () -> server.devices.values().forEach(device -> device.shells().deleteIdleShells()),
            200,
            200,
            TimeUnit.MILLISECONDS);
    return server;
  }

  /**
   * Adds a device.
   *
   * @return its port on 127.0.0.1
   */
  public int add(CommandRunner runner) throws IOException {
    return add(runner, 0);
  }

  /**
   * Adds a device on a port of choice.
   *
   * @return the port
   */
  public int add(CommandRunner runner, int place) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), place);
    HttpServer server;
    if (settings.tls().isPresent()) {
      HttpsServer https = HttpsServer.create(address, 0);
      https.setHttpsConfigurator(new HttpsConfigurator(settings.tls().get()));
      server = https;
    } else {
      server = HttpServer.create(address, 0);
    }
    ShellService shells = new ShellService(runner, settings);
    RequestLog log = new RequestLog();
    server.createContext("/wsman", new WsmanHandler(settings, shells, login, log));
    server.setExecutor(threads);
    server.start();
    int port = server.getAddress().getPort();
    devices.put(port, new Device(server, shells, log));
    return port;
  }

  private Device device(int port) {
    @Nullable Device device = devices.get(port);
    return Optional.ofNullable(device)
        .orElseThrow(() -> new IllegalArgumentException("no device on port " + port));
  }

  /** What was asked of a device, and where to order what goes wrong. */
  public RequestLog log(int port) {
    return device(port).log();
  }

  /** Shells of a device that nobody deleted yet. */
  public int openShells(int port) {
    return device(port).shells().openShells();
  }

  /** Commands of a device that are not over. */
  public int running(int port) {
    return device(port).shells().running();
  }

  /** Has a device forget its shells and end their commands, as a restart of its service does. */
  public void restartService(int port) {
    device(port).shells().forget();
  }

  /** Takes a device off the network, its commands with it. */
  public void remove(int port) {
    Device gone = devices.remove(port);
    if (gone != null) {
      gone.server().stop(0);
      gone.shells().forget();
    }
  }

  @Override
  public void close() {
    devices.keySet().forEach(this::remove);
    timer.shutdownNow();
    threads.shutdownNow();
  }
}
