package dev.edgefleet.transport.ssh.hostkey;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How long a fleet's hosts take to be found in a known_hosts file with hashed names. Run by hand.
 */
final class KnownHostsRate {
  private KnownHostsRate() {}

  public static void main(String[] arguments) throws Exception {
    int lines = 10_000;
    int hosts = 1_000;
    Path file = Files.createTempFile("known_hosts", "");
    try {
      Files.write(file, hashed(lines));
      for (int round = 0; round < 3; round++) {
        long start = System.nanoTime();
        KnownHosts known = KnownHosts.read(file);
        long read = System.nanoTime();
        Duration cpu = cpu();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          for (int i = 0; i < hosts; i++) {
            // Spread over the file, as a fleet's part of a larger one.
            String name = "edge" + i * (lines / hosts);
            threads.execute(
                () -> {
                  if (known.lines(name).size() != 1) {
                    throw new IllegalStateException(name);
                  }
                });
          }
        }
        System.out.printf(
            "%d lines read in %d ms, %d hosts found in %d ms (%d ms of processor)%n",
            lines,
            Duration.ofNanos(read - start).toMillis(),
            hosts,
            Duration.ofNanos(System.nanoTime() - read).toMillis(),
            cpu().minus(cpu).toMillis());
      }
      Duration cpu = cpu();
      int rounds = 50;
      for (int i = 0; i < rounds; i++) {
        oneHostWithMac(lines);
      }
      System.out.printf(
          "with a Mac for each line one host takes %d ms of processor%n",
          cpu().minus(cpu).dividedBy(rounds).toMillis());
    } finally {
      Files.delete(file);
    }
  }

  private static List<String> hashed(int lines) throws Exception {
    SecureRandom random = new SecureRandom();
    List<String> result = new ArrayList<>();
    byte[] salt = new byte[20];
    for (int i = 0; i < lines; i++) {
      random.nextBytes(salt);
      byte[] hash = mac(salt, "edge" + i);
      Base64.Encoder base64 = Base64.getEncoder();
      result.add(
          "|1|%s|%s ssh-ed25519 %s"
              .formatted(
                  base64.encodeToString(salt),
                  base64.encodeToString(hash),
                  base64.encodeToString(hash)));
    }
    return result;
  }

  private static byte[] mac(byte[] salt, String name) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(salt, "HmacSHA1"));
    return mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
  }

  private static void oneHostWithMac(int lines) throws Exception {
    byte[] salt = new byte[20];
    for (int i = 0; i < lines; i++) {
      salt[0] = mac(salt, "edge17")[0];
    }
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }
}
