package dev.edgefleet.connect;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.transport.winrm.Authentication;
import dev.edgefleet.transport.winrm.ShareSettings;
import dev.edgefleet.transport.winrm.Trust;
import dev.edgefleet.transport.winrm.WinRmTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A Windows device as its {@code ansible_winrm_…} variables describe it, with Ansible's names and
 * defaults; what Ansible has no variable for begins with {@code edgefleet_}.
 *
 * @param device inventory name, for messages
 */
record WinRmVariables(String device, DeviceValues values, LoginDefaults login) {
  private static final int HTTP = 5985;
  private static final int HTTPS = 5986;
  private static final int SMB = 445;
  private static final List<String> CAN_DO = List.of("basic", "plaintext", "ssl", "kerberos");

  WinRmTarget target() {
    String scheme = scheme();
    boolean https = scheme.equals("https");
    String user = user();
    Authentication authentication = authentication(user);
    Optional<Secret> password = password();
    refuseOtherAccounts(user, authentication);
    return new WinRmTarget(
        values
            .text(KnownVariables.WINRM_HOST)
            .or(() -> values.text(KnownVariables.HOST))
            .orElse(device),
        port().orElse(https ? HTTPS : HTTP),
        https,
        values.text(KnownVariables.WINRM_PATH).orElse("/wsman"),
        user,
        password,
        authentication,
        trust(https),
        share(),
        seconds(KnownVariables.WINRM_CONNECTION_TIMEOUT, 30),
        seconds(KnownVariables.WINRM_OPERATION_TIMEOUT, 20));
  }

  private String scheme() {
    Optional<String> asked = values.text(KnownVariables.WINRM_SCHEME);
    // By its port alone Ansible would take HTTP, and encrypt messages itself, which edgefleet
    // cannot.
    if (asked.isEmpty() && port().filter(p -> p == HTTP).isPresent()) {
      throw bad(
          "the port is 5985, which is HTTP: passwords and keys would be read by who listens in",
          "reach it by HTTPS (5986), or set ansible_winrm_scheme: http to allow it");
    }
    String scheme = asked.orElse("https");
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw bad("ansible_winrm_scheme is '" + scheme + "'", "write http or https");
    }
    if (values.text(KnownVariables.WINRM_ENCRYPTION).filter("always"::equals).isPresent()) {
      throw bad(
          "ansible_winrm_message_encryption is 'always', which edgefleet cannot do",
          "reach the device by HTTPS, which encrypts everything: see docs/windows.md");
    }
    return scheme;
  }

  private Optional<Integer> port() {
    return values.number(KnownVariables.WINRM_PORT).or(() -> values.number(KnownVariables.PORT));
  }

  private String user() {
    return values
        .text(KnownVariables.WINRM_USER)
        .or(() -> values.text(KnownVariables.USER))
        .or(login::user)
        .orElseThrow(
            () ->
                bad(
                    "there is no account to log in with",
                    "set ansible_user: a local administrator of the device, or user@REALM"));
  }

  private Optional<Secret> password() {
    return values
        .secret(KnownVariables.WINRM_PASSWORD)
        .or(() -> values.secret(KnownVariables.PASSWORD))
        .or(login::password);
  }

  private static void refuseOtherAccounts(String user, Authentication authentication) {
    String local = user.replaceFirst("^\\.\\\\", "");
    if (user.contains("\\")) {
      throw bad(
          "the account " + user + " needs NTLM, which edgefleet does not speak",
          local.contains("\\")
              ? "write an account of a domain as user@REALM, with Kerberos; or log in as a local"
                  + " account of the device, with Basic over HTTPS"
              : "write " + local + ": Basic takes local accounts only");
    }
    boolean realm = user.contains("@");
    if (authentication == Authentication.BASIC && realm) {
      throw bad(
          "ansible_winrm_transport is basic, which takes local accounts only, not " + user,
          "set ansible_winrm_transport: kerberos, or log in as a local account of the device");
    }
    if (authentication == Authentication.KERBEROS && !realm) {
      throw bad("Kerberos needs the realm of the account " + user, "write user@REALM");
    }
  }

  // As in Ansible a list is what may be tried, and an account with a realm means Kerberos.
  private Authentication authentication(String user) {
    List<String> asked = values.words(KnownVariables.WINRM_TRANSPORT);
    for (String word : asked) {
      switch (word.toLowerCase(Locale.ROOT)) {
        case "kerberos" -> {
          return Authentication.KERBEROS;
        }
        case "basic", "plaintext", "ssl" -> {
          return Authentication.BASIC;
        }
        case "ntlm", "credssp", "certificate" -> {
          // The next one of the list may do.
        }
        default ->
            throw bad("ansible_winrm_transport is '" + word + "'", Nearest.remedy(word, CAN_DO));
      }
    }
    if (!asked.isEmpty()) {
      throw bad(
          "ansible_winrm_transport is " + String.join(", ", asked) + ", which edgefleet cannot do",
          "use basic with a local account over HTTPS, or kerberos with user@REALM: docs/windows.md"
              + " says how to set the device up for either");
    }
    return user.contains("@") ? Authentication.KERBEROS : Authentication.BASIC;
  }

  private Trust trust(boolean https) {
    Optional<String> pinned = values.text(KnownVariables.FINGERPRINT);
    Optional<String> authority =
        values.text(KnownVariables.WINRM_AUTHORITY).filter(path -> !path.equals("legacy_requests"));
    String validation = values.text(KnownVariables.WINRM_VALIDATION).orElse("validate");
    if (!validation.equals("validate") && !validation.equals("ignore")) {
      throw bad(
          "ansible_winrm_server_cert_validation is '" + validation + "'",
          "write validate or ignore");
    }
    if (!https || (validation.equals("ignore") && pinned.isEmpty())) {
      return validation.equals("ignore") ? new Trust.Anyone() : new Trust.Java();
    }
    return pinned
        .<Trust>map(Trust.Pinned::new)
        .or(() -> authority.map(file -> new Trust.Authority(Path.of(file))))
        .orElseGet(Trust.Java::new);
  }

  private Optional<ShareSettings> share() {
    String wanted = values.text(KnownVariables.SMB).orElse("false").toLowerCase(Locale.ROOT);
    return switch (wanted) {
      case "false", "no" -> Optional.empty();
      case "true", "yes" ->
          Optional.of(
              new ShareSettings(
                  values.number(KnownVariables.SMB_PORT).orElse(SMB),
                  shares(),
                  !values
                      .text(KnownVariables.SMB_SIGNING)
                      .orElse("true")
                      .equalsIgnoreCase("false")));
      default -> throw bad("edgefleet_smb is '" + wanted + "'", "write true or false");
    };
  }

  private Map<String, String> shares() {
    Optional<Object> value = values.value(KnownVariables.SMB_SHARES);
    if (value.isEmpty()) {
      return Map.of();
    }
    if (!(value.get() instanceof Map<?, ?> given)) {
      throw bad(
          "edgefleet_smb_shares is no mapping",
          "write the directory as key and its share as value");
    }
    Map<String, String> shares = new LinkedHashMap<>();
    given.forEach(
        (directory, share) -> shares.put(String.valueOf(directory), String.valueOf(share)));
    return shares;
  }

  private Duration seconds(ConnectionVariable variable, int otherwise) {
    return Duration.ofSeconds(values.number(variable).orElse(otherwise));
  }

  private static BadInput bad(String what, String remedy) {
    return new BadInput(what, remedy);
  }
}
