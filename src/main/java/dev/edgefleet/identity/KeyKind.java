package dev.edgefleet.identity;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** What kind a key is of, by the name that people have for it. */
final class KeyKind {
  private static final int SHORTEST_RSA = 2048;

  private static final Map<ASN1ObjectIdentifier, String> NAMES =
      Map.of(
          PKCSObjectIdentifiers.id_RSASSA_PSS,
          "RSA-PSS",
          EdECObjectIdentifiers.id_Ed25519,
          "Ed25519",
          EdECObjectIdentifiers.id_Ed448,
          "Ed448",
          X9ObjectIdentifiers.id_dsa,
          "DSA");

  private static final Map<ASN1ObjectIdentifier, String> CURVES =
      Map.of(
          SECObjectIdentifiers.secp192r1, "P-192",
          SECObjectIdentifiers.secp224r1, "P-224",
          SECObjectIdentifiers.secp521r1, "P-521");

  private KeyKind() {}

  /** Of a key that is weak, or that Azure does not document: its kind, and which of the two. */
  static Optional<String> doubtful(SubjectPublicKeyInfo key) {
    ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      int bits = rsaBits(key);
      return bits < SHORTEST_RSA
          ? Optional.of("RSA of " + bits + " bits, which is weak and is refused by newer OpenSSL")
          : Optional.empty();
    }
    String kind =
        algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)
            ? curve(key)
            : NAMES.getOrDefault(algorithm, "of the kind " + algorithm.getId());
    return kind.isEmpty()
        ? Optional.empty()
        : Optional.of(
            kind + "; IoT Edge documents RSA of 2048 bits or more and elliptic curve P-256 only");
  }

  // P-384 is beside P-256 in every TLS of Azure.
  private static String curve(SubjectPublicKeyInfo key) {
    if (!(key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve)) {
      return "of an elliptic curve whose numbers are written out";
    }
    if (curve.equals(SECObjectIdentifiers.secp256r1)
        || curve.equals(SECObjectIdentifiers.secp384r1)) {
      return "";
    }
    String name = ECNamedCurveTable.getName(curve);
    return "of the elliptic curve "
        + CURVES.getOrDefault(curve, name == null ? curve.getId() : name);
  }

  private static int rsaBits(SubjectPublicKeyInfo key) {
    try {
      return RSAPublicKey.getInstance(key.parsePublicKey()).getModulus().bitLength();
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }
}
