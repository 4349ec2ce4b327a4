package dev.edgefleet.simulator.winrm;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;

/** Looks at tickets that clients bring. */
final class KerberosAcceptor {
  private static final String SPNEGO = "1.3.6.1.5.5.2";
  private static final String KERBEROS = "1.2.840.113554.1.2.2";

  private final Subject service;

  KerberosAcceptor(ServiceKey key) {
    try {
      LoginContext login = new LoginContext("service", new Subject(), null, configuration(key));
      login.login();
      service = login.getSubject();
    } catch (LoginException e) {
      throw new IllegalStateException("the service's key cannot be used", e);
    }
  }

  private static Configuration configuration(ServiceKey key) {
    Map<String, String> options =
        Map.of(
            "principal",
            key.principal(),
            "keyTab",
            key.keytab().toString(),
            "useKeyTab",
            "true",
            "storeKey",
            "true",
            "isInitiator",
            "false",
            "refreshKrb5Config",
            "true",
            "doNotPrompt",
            "true");
    AppConfigurationEntry entry =
        new AppConfigurationEntry(
            "com.sun.security.auth.module.Krb5LoginModule",
            LoginModuleControlFlag.REQUIRED,
            options);
    return new Configuration() {
      @Override
      public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        return new AppConfigurationEntry[] {entry};
      }
    };
  }

  /** The service's own token when the ticket is good. */
  Optional<byte[]> accept(byte[] token) {
    Callable<byte[]> work =
        () -> {
          GSSManager manager = GSSManager.getInstance();
          GSSCredential credential =
              manager.createCredential(
                  null,
                  GSSCredential.INDEFINITE_LIFETIME,
                  new Oid[] {new Oid(SPNEGO), new Oid(KERBEROS)},
                  GSSCredential.ACCEPT_ONLY);
          GSSContext context = manager.createContext(credential);
          byte[] answer = context.acceptSecContext(token, 0, token.length);
          if (!context.isEstablished()) {
            throw new GSSException(GSSException.DEFECTIVE_TOKEN);
          }
          return answer == null ? new byte[0] : answer;
        };
    try {
      return Optional.of(Subject.callAs(service, work));
    } catch (CompletionException refused) {
      return Optional.empty();
    }
  }
}
