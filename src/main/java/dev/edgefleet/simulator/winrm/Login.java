package dev.edgefleet.simulator.winrm;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Decides who may come in. */
final class Login {
  private final WinRmSettings settings;
  private final Optional<KerberosAcceptor> kerberos;

  Login(WinRmSettings settings) {
    this.settings = settings;
    this.kerberos = settings.kerberos().map(KerberosAcceptor::new);
  }

  /** What came of a request's credentials. */
  enum Verdict {
    WELCOME,
    UNKNOWN,
    /** Known, but the message is not encrypted and has to be. */
    NOT_ENCRYPTED
  }

  Verdict judge(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    boolean bare = settings.tls().isEmpty() && !settings.allowUnencrypted();
    if (header == null) {
      return Verdict.UNKNOWN;
    }
    String[] words = header.split(" ", 2);
    if (words.length < 2) {
      return Verdict.UNKNOWN;
    }
    if (words[0].equalsIgnoreCase("Basic")) {
      return !bare && isKnown(words[1]) ? Verdict.WELCOME : Verdict.UNKNOWN;
    }
    if (kerberos.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    Optional<byte[]> token = kerberos.get().accept(Base64.getMimeDecoder().decode(words[1]));
    if (token.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    exchange
        .getResponseHeaders()
        .add("WWW-Authenticate", words[0] + " " + Base64.getEncoder().encodeToString(token.get()));
    return bare ? Verdict.NOT_ENCRYPTED : Verdict.WELCOME;
  }

  /** What a 401 offers: Basic only where the password would not be read by everybody. */
  List<String> offers() {
    List<String> result = new ArrayList<>();
    result.add("Negotiate");
    if (settings.tls().isPresent() || settings.allowUnencrypted()) {
      result.add("Basic realm=\"WSMAN\"");
    }
    return result;
  }

  private boolean isKnown(String credentials) {
    String plain = new String(Base64.getMimeDecoder().decode(credentials), StandardCharsets.UTF_8);
    int colon = plain.indexOf(':');
    if (colon < 0) {
      return false;
    }
    String password = settings.accounts().get(plain.substring(0, colon));
    return password != null
        && MessageDigest.isEqual(
            password.getBytes(StandardCharsets.UTF_8),
            plain.substring(colon + 1).getBytes(StandardCharsets.UTF_8));
  }
}
