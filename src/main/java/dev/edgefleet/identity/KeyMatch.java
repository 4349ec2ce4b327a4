package dev.edgefleet.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.interfaces.ECPrivateKey;
import org.bouncycastle.jce.interfaces.ECPublicKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Whether a private key belongs to a certificate. */
final class KeyMatch {
  // An instance of our own: nothing is registered in the JVM.
  static final Provider PROVIDER = new BouncyCastleProvider();

  private static final Set<ASN1ObjectIdentifier> RSA =
      Set.of(PKCSObjectIdentifiers.rsaEncryption, PKCSObjectIdentifiers.id_RSASSA_PSS);

  private KeyMatch() {}

  static boolean of(PrivateKeyInfo key, X509CertificateHolder certificate) {
    SubjectPublicKeyInfo certified = certificate.getSubjectPublicKeyInfo();
    ASN1ObjectIdentifier algorithm = key.getPrivateKeyAlgorithm().getAlgorithm();
    try {
      // A fleet has thousands of them: numbers are compared, which costs next to nothing.
      if (RSA.contains(algorithm)) {
        return RSA.contains(certified.getAlgorithm().getAlgorithm())
            && RSAPrivateKey.getInstance(key.parsePrivateKey())
                .getModulus()
                .equals(RSAPublicKey.getInstance(certified.parsePublicKey()).getModulus());
      }
      PrivateKey own = BouncyCastleProvider.getPrivateKey(key);
      PublicKey other = BouncyCastleProvider.getPublicKey(certified);
      return own instanceof ECPrivateKey ec
          ? other instanceof ECPublicKey point && same(ec, point)
          : own != null && other != null && signs(own, other);
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      return false;
    }
  }

  private static boolean same(ECPrivateKey own, ECPublicKey certified) {
    return own.getParameters().getCurve().equals(certified.getParameters().getCurve())
        && new FixedPointCombMultiplier()
            .multiply(own.getParameters().getG(), own.getD())
            .normalize()
            .equals(certified.getQ().normalize());
  }

  /** What the one signs the other verifies. */
  private static boolean signs(PrivateKey own, PublicKey certified)
      throws GeneralSecurityException {
    if (!own.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    byte[] text = {1, 2, 3};
    Signature signature = Signature.getInstance(own.getAlgorithm(), PROVIDER);
    signature.initSign(own);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(text);
    return signature.verify(signed);
  }
}
