package dev.edgefleet.identity;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.x509.Certificate;

/** What a file without PEM in it holds. */
enum BinaryForm {
  PFX,
  PKCS7,
  CERTIFICATE,
  KEY,
  OTHER;

  static BinaryForm of(byte[] bytes) {
    ASN1Sequence sequence;
    try {
      if (!(ASN1Primitive.fromByteArray(bytes) instanceof ASN1Sequence read)) {
        return OTHER;
      }
      sequence = read;
    } catch (IOException | RuntimeException e) {
      return OTHER;
    }
    if (isPkcs7(sequence)) {
      return PKCS7;
    }
    if (parses(() -> Pfx.getInstance(sequence))) {
      return PFX;
    }
    if (parses(() -> Certificate.getInstance(sequence))) {
      return CERTIFICATE;
    }
    // Every unencrypted private key, PKCS#1, SEC1 or PKCS#8, begins with its version.
    boolean versioned = sequence.size() > 1 && sequence.getObjectAt(0) instanceof ASN1Integer;
    return versioned || parses(() -> EncryptedPrivateKeyInfo.getInstance(sequence)) ? KEY : OTHER;
  }

  private static boolean isPkcs7(ASN1Sequence sequence) {
    return sequence.size() > 0
        && sequence.getObjectAt(0) instanceof ASN1ObjectIdentifier kind
        && kind.on(PKCSObjectIdentifiers.pkcs_7);
  }

  private static boolean parses(Runnable reading) {
    try {
      reading.run();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
