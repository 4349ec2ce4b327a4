package dev.edgefleet.transport.winrm;

import dev.edgefleet.secret.Secret;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.http.auth.Credentials;
import org.apache.http.auth.UsernamePasswordCredentials;

/** Gets a ticket before a request, where the account is one of a realm. */
final class KerberosLogin {
  private KerberosLogin() {}

  /** What is done with the ticket at hand. */
  interface Work<T> {
    T perform() throws IOException;
  }

  static boolean isFor(String user) {
    return user.indexOf('@') >= 0;
  }

  /** What HTTP needs to know: with a ticket no more than that there is an account. */
  static Credentials credentials(WsmanSettings settings) {
    return new UsernamePasswordCredentials(
        settings.user(), isFor(settings.user()) ? "" : password(settings));
  }

  static <T> T in(WsmanSettings settings, Work<T> work) throws IOException {
    if (!isFor(settings.user())) {
      return work.perform();
    }
    try {
      LoginContext login = new LoginContext("", null, answering(settings), configuration(settings));
      login.login();
      return Subject.callAs(login.getSubject(), work::perform);
    } catch (LoginException e) {
      throw WsmanFailure.none("no ticket", e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw e;
    }
  }

  private static CallbackHandler answering(WsmanSettings settings) {
    return callbacks -> {
      for (Callback callback : callbacks) {
        if (callback instanceof NameCallback name) {
          name.setName(principal(settings.user()));
        } else if (callback instanceof PasswordCallback word) {
          word.setPassword(password(settings).toCharArray());
        }
      }
    };
  }

  // Realms are upper case, and written otherwise often enough.
  private static String principal(String user) {
    int at = user.indexOf('@');
    return user.substring(0, at) + user.substring(at).toUpperCase(Locale.ROOT);
  }

  private static String password(WsmanSettings settings) {
    return settings.password().map(Secret::reveal).orElse("");
  }

  private static Configuration configuration(WsmanSettings settings) {
    Map<String, String> options =
        Map.of(
            "refreshKrb5Config",
            "true",
            "useKeyTab",
            "false",
            "doNotPrompt",
            "false",
            "useTicketCache",
            String.valueOf(settings.password().isEmpty()));
    return new Configuration() {
      @Override
      public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        return new AppConfigurationEntry[] {
          new AppConfigurationEntry(
              "com.sun.security.auth.module.Krb5LoginModule",
              LoginModuleControlFlag.REQUIRED,
              options)
        };
      }
    };
  }
}
