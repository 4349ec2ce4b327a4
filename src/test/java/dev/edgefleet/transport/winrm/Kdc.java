package dev.edgefleet.transport.winrm;

import dev.edgefleet.Peer;
import dev.edgefleet.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** MIT Kerberos on the loopback interface, with a realm of its own. */
final class Kdc implements AutoCloseable {
  static final String REALM = "PLANT.EXAMPLE";

  private final Path directory;
  private final Process process;

  private Kdc(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /**
   * @param users passwords by name, without the realm
   * @param services such as {@code HTTP/localhost}
   */
  static Kdc start(Path directory, Map<String, String> users, List<String> services)
      throws IOException, InterruptedException {
    Path server = Peer.require("krb5kdc", "krb5-kdc");
    Path admin = Peer.require("kadmin.local", "krb5-admin-server");
    Path database = Peer.require("kdb5_util", "krb5-kdc");
    int port = Ports.take();
    Files.writeString(
        directory.resolve("krb5.conf"),
        """
        [libdefaults]
          default_realm = %1$s
          dns_lookup_kdc = false
          dns_lookup_realm = false
          rdns = false
          udp_preference_limit = 1
        [realms]
          %1$s = {
            kdc = 127.0.0.1:%2$d
          }
        [domain_realm]
          localhost = %1$s
        """
            .formatted(REALM, port));
    Files.writeString(
        directory.resolve("kdc.conf"),
        """
        [kdcdefaults]
          kdc_listen = 127.0.0.1:%2$d
          kdc_tcp_listen = 127.0.0.1:%2$d
        [realms]
          %1$s = {
            database_name = %3$s/principal
            key_stash_file = %3$s/stash
            acl_file = %3$s/acl
          }
        [logging]
          kdc = FILE:%3$s/log
        """
            .formatted(REALM, port, directory));
    run(directory, database.toString(), "create", "-s", "-P", "master-of-the-test");
    StringBuilder requests = new StringBuilder();
    users.forEach(
        (user, password) -> requests.append("addprinc -pw %s %s\n".formatted(password, user)));
    for (String service : services) {
      requests.append("addprinc -randkey %s\n".formatted(service));
      requests.append("ktadd -k %s/keytab %s\n".formatted(directory, service));
    }
    for (String request : requests.toString().lines().toList()) {
      run(directory, admin.toString(), "-r", REALM, "-q", request);
    }
    Process process =
        builder(directory, List.of(server.toString(), "-n"))
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    Kdc started = new Kdc(directory, process);
    started.awaitPort(port);
    return started;
  }

  private static ProcessBuilder builder(Path directory, List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("KRB5_CONFIG", directory.resolve("krb5.conf").toString());
    builder.environment().put("KRB5_KDC_PROFILE", directory.resolve("kdc.conf").toString());
    return builder;
  }

  private static void run(Path directory, String... words)
      throws IOException, InterruptedException {
    Process process = builder(directory, new ArrayList<>(List.of(words))).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(List.of(words) + ": " + said);
    }
  }

  private void awaitPort(int port) throws IOException, InterruptedException {
    Instant limit = Instant.now().plusSeconds(120);
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException notYet) {
        if (!process.isAlive() || Instant.now().isAfter(limit)) {
          throw new IOException(
              "krb5kdc did not start: " + Files.readString(directory.resolve("out")), notYet);
        }
        Thread.sleep(50);
      }
    }
  }

  Path configuration() {
    return directory.resolve("krb5.conf");
  }

  Path keytab() {
    return directory.resolve("keytab");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
