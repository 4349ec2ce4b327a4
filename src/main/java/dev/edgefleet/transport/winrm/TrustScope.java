package dev.edgefleet.transport.winrm;

import java.io.IOException;
import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets one trust manager decide for the TLS connections of one block of code. OverThere asks Java's
 * default trust managers and nothing else, so the default is made one that looks first whether it
 * is asked from such a block; for all others it is what it was.
 */
final class TrustScope {
  private static final String ALGORITHM = "EdgefleetScoped";
  private static final ScopedValue<X509ExtendedTrustManager> TRUST = ScopedValue.newInstance();
  private static final String USUAL = TrustManagerFactory.getDefaultAlgorithm();

  static {
    Security.addProvider(new ScopedProvider());
    Security.setProperty("ssl.TrustManagerFactory.algorithm", ALGORITHM);
  }

  private TrustScope() {}

  /** What is done in the block. */
  interface Work<T> {
    T perform() throws IOException;
  }

  static <T> T in(X509ExtendedTrustManager trust, Work<T> work) throws IOException {
    return ScopedValue.where(TRUST, trust).<T, IOException>call(work::perform);
  }

  /** The trust managers as they are without any block. */
  static TrustManagerFactory usual() throws NoSuchAlgorithmException {
    return TrustManagerFactory.getInstance(USUAL);
  }

  private static final class ScopedProvider extends Provider {
    @Serial private static final long serialVersionUID = 1;

    ScopedProvider() {
      super("Edgefleet", "1", "trust managers by scope");
      putService(
          new Service(this, "TrustManagerFactory", ALGORITHM, Factory.class.getName(), null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
              return new Factory(usual());
            }
          });
    }
  }

  private static final class Factory extends TrustManagerFactorySpi {
    private final TrustManagerFactory usual;

    Factory(TrustManagerFactory usual) {
      this.usual = usual;
    }

    @Override
    protected void engineInit(@Nullable KeyStore store) throws KeyStoreException {
      // Reading Java's own store is not for free, and OverThere has it done for every request.
      if (!TRUST.isBound()) {
        usual.init(store);
      }
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters)
        throws InvalidAlgorithmParameterException {
      usual.init(parameters);
    }

    @Override
    protected TrustManager[] engineGetTrustManagers() {
      return TRUST.isBound() ? new TrustManager[] {TRUST.get()} : usual.getTrustManagers();
    }
  }

  /** The first trust manager for X.509 that a key store gives. */
  static X509ExtendedTrustManager from(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory = usual();
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager x509) {
        return x509;
      }
    }
    throw new NoSuchAlgorithmException(USUAL + " gives no trust manager for X.509");
  }
}
