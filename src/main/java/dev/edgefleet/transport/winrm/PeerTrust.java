package dev.edgefleet.transport.winrm;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.io.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Decides whether a device's certificate is believed, and remembers the last one it saw. */
final class PeerTrust extends X509ExtendedTrustManager {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();
  private static final int SHA256_DIGITS = 64;

  /** Looks at a chain of certificates of which the first is the device's. */
  private interface Check {
    void accept(X509Certificate[] chain, String kind, @Nullable Socket socket)
        throws CertificateException;
  }

  private final Check check;
  private volatile @Nullable X509Certificate seen;

  private PeerTrust(Check check) {
    this.check = check;
  }

  /**
   * @throws BadInput when the file holds no certificates, or the fingerprint is none
   */
  static PeerTrust of(Trust trust) {
    return switch (trust) {
      case Trust.Java usual -> signedBy(null);
      case Trust.Authority authority -> signedBy(authorities(authority.file()));
      case Trust.Pinned pinned -> pinned(pinned.sha256());
      case Trust.Anyone anyone -> new PeerTrust((chain, kind, socket) -> {});
    };
  }

  private static PeerTrust signedBy(@Nullable KeyStore authorities) {
    try {
      X509ExtendedTrustManager manager = manager(authorities);
      return new PeerTrust(manager::checkServerTrusted);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager x509) {
        return x509;
      }
    }
    throw new NoSuchAlgorithmException(factory.getAlgorithm() + " gives no trust manager");
  }

  private static PeerTrust pinned(String fingerprint) {
    String digits = fingerprint.replace(":", "").strip().toUpperCase(Locale.ROOT);
    if (digits.length() != SHA256_DIGITS || !digits.matches("[0-9A-F]+")) {
      throw new BadInput(
          "'" + fingerprint + "' is no SHA-256 fingerprint",
          "Write its 64 hexadecimal digits, with or without colons.");
    }
    byte[] expected = HexFormat.of().parseHex(digits);
    return new PeerTrust(
        (chain, kind, socket) -> {
          if (!MessageDigest.isEqual(expected, sha256(chain[0]))) {
            throw new CertificateException("it is not the pinned one");
          }
        });
  }

  private static KeyStore authorities(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
        store.setCertificateEntry("authority" + number++, certificate);
      }
      if (number > 0) {
        return store;
      }
    } catch (IOException | GeneralSecurityException unusable) {
      // Said below.
    }
    throw new BadInput(
        "The file of authorities " + file + " cannot be read, or holds no certificates in PEM",
        "Name a file with the certificate of the authority that signed the device's.");
  }

  private static byte[] sha256(X509Certificate certificate) throws CertificateException {
    return Hash.sha256(certificate.getEncoded());
  }

  /** TLS with this trust. */
  SSLContext tls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {this}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The fingerprint of the last certificate that a device showed. */
  Optional<String> fingerprint() {
    X509Certificate certificate = seen;
    try {
      return certificate == null
          ? Optional.empty()
          : Optional.of(COLONS.formatHex(sha256(certificate)));
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }

  private void look(X509Certificate[] chain, String kind, @Nullable Socket socket)
      throws CertificateException {
    seen = chain[0];
    check.accept(chain, kind, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
      throws CertificateException {
    look(chain, kind, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
      throws CertificateException {
    look(chain, kind, null);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
    look(chain, kind, null);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
      throws CertificateException {
    throw new CertificateException("not a server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("not a server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
    throw new CertificateException("not a server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
