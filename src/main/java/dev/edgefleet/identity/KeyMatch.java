package dev.edgefleet.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Whether a private key belongs to a certificate: what the one signs the other verifies. */
final class KeyMatch {
  // An instance of our own: nothing is registered in the JVM.
  static final Provider PROVIDER = new BouncyCastleProvider();

  private KeyMatch() {}

  static boolean of(PrivateKeyInfo key, X509CertificateHolder certificate) {
    try {
      PrivateKey signing = BouncyCastleProvider.getPrivateKey(key);
      PublicKey verifying =
          BouncyCastleProvider.getPublicKey(certificate.getSubjectPublicKeyInfo());
      if (signing == null
          || verifying == null
          || !signing.getAlgorithm().equals(verifying.getAlgorithm())) {
        return false;
      }
      byte[] text = certificate.getEncoded();
      Signature signature = Signature.getInstance(scheme(signing), PROVIDER);
      signature.initSign(signing);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(verifying);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      return false;
    }
  }

  /** Whether it is of the Ed25519 or Ed448 kind. */
  static boolean edwards(X509CertificateHolder certificate) {
    try {
      PublicKey key = BouncyCastleProvider.getPublicKey(certificate.getSubjectPublicKeyInfo());
      return key != null && key.getAlgorithm().startsWith("Ed");
    } catch (IOException e) {
      return false;
    }
  }

  private static String scheme(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC", "ECDSA" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}
