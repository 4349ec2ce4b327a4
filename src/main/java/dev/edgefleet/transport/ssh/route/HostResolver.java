package dev.edgefleet.transport.ssh.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks up host names on a few threads of its own: the system's resolver has no deadline, and would
 * hold up every virtual thread while it waits.
 */
final class HostResolver implements AutoCloseable {
  private static final int THREADS = 4;

  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          Duration.ofSeconds(10).toSeconds(),
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("edgefleet-names-", 0).factory());

  HostResolver() {
    pool.allowCoreThreadTimeOut(true);
  }

  /** The literal addresses of a host, in the resolver's order. */
  CompletableFuture<List<String>> addresses(String host) {
    try {
      return CompletableFuture.completedFuture(
          List.of(InetAddress.ofLiteral(host).getHostAddress()));
    } catch (IllegalArgumentException notLiteral) {
      return CompletableFuture.supplyAsync(() -> lookUp(host), pool);
    }
  }

  private static List<String> lookUp(String host) {
    try {
      return List.of(InetAddress.getAllByName(host)).stream()
          .map(InetAddress::getHostAddress)
          .toList();
    } catch (UnknownHostException e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
