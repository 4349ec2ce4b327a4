package dev.edgefleet.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Who runs this, for the record. */
public final class Operator {
  private Operator() {}

  /** {@code user@controller}; under sudo, whoever called it. */
  public static String name() {
    String user =
        Optional.ofNullable(System.getenv("SUDO_USER")).orElse(System.getProperty("user.name"));
    return user + "@" + host();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
