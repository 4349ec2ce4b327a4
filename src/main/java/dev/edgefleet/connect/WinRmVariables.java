package dev.edgefleet.connect;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
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
import org.jspecify.annotations.Nullable;

/**
 * A Windows device as its {@code ansible_winrm_…} variables describe it, with Ansible's names and
 * defaults; what Ansible has no variable for begins with {@code edgefleet_}.
 *
 * @param device inventory name, for messages
 */
record WinRmVariables(
    String device, Variables variables, Templates templates, LoginDefaults login) {
  /** What may be said of a WinRM connection beside what every connection has. */
  static final List<String> NAMES =
      List.of(
          "ansible_winrm_user",
          "ansible_winrm_pass",
          "ansible_winrm_password",
          "ansible_winrm_host",
          "ansible_winrm_port",
          "ansible_winrm_scheme",
          "ansible_winrm_path",
          "ansible_winrm_transport",
          "ansible_winrm_server_cert_validation",
          "ansible_winrm_ca_trust_path",
          "ansible_winrm_operation_timeout_sec",
          "ansible_winrm_read_timeout_sec",
          "ansible_winrm_connection_timeout",
          "ansible_winrm_message_encryption",
          "ansible_winrm_kerberos_mode",
          "ansible_winrm_kinit_mode",
          "edgefleet_winrm_fingerprint",
          "edgefleet_smb",
          "edgefleet_smb_port",
          "edgefleet_smb_shares",
          "edgefleet_smb_signing");

  private static final int HTTP = 5985;
  private static final int HTTPS = 5986;
  private static final int SMB = 445;
  private static final List<String> CAN_DO = List.of("basic", "plaintext", "ssl", "kerberos");

  WinRmTarget target() {
    String scheme = scheme();
    boolean https = scheme.equals("https");
    String user = user();
    Authentication authentication = authentication(user);
    return new WinRmTarget(
        text("ansible_winrm_host").or(() -> text("ansible_host")).orElse(device),
        port().orElse(https ? HTTPS : HTTP),
        https,
        text("ansible_winrm_path").orElse("/wsman"),
        user,
        password(),
        authentication,
        trust(https),
        share(),
        seconds("ansible_winrm_connection_timeout", 30),
        seconds("ansible_winrm_operation_timeout_sec", 20));
  }

  private String scheme() {
    Optional<String> asked = text("ansible_winrm_scheme");
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
    if (text("ansible_winrm_message_encryption").filter("always"::equals).isPresent()) {
      throw bad(
          "ansible_winrm_message_encryption is 'always', which edgefleet cannot do",
          "reach the device by HTTPS, which encrypts everything: see docs/windows.md");
    }
    return scheme;
  }

  private Optional<Integer> port() {
    return text("ansible_winrm_port")
        .or(() -> text("ansible_port"))
        .map(p -> number("ansible_port", p));
  }

  private String user() {
    return text("ansible_winrm_user")
        .or(() -> text("ansible_user"))
        .or(login::user)
        .orElseThrow(
            () ->
                bad(
                    "there is no account to log in with",
                    "set ansible_user: a local administrator of the device, or user@REALM"));
  }

  private Optional<Secret> password() {
    return text("ansible_winrm_pass")
        .or(() -> text("ansible_winrm_password"))
        .or(() -> text("ansible_password"))
        .map(Secret::of)
        .or(login::password);
  }

  // As in Ansible a list is what may be tried, and an account with a realm means Kerberos.
  private Authentication authentication(String user) {
    List<String> asked = words("ansible_winrm_transport");
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
    Optional<String> pinned = text("edgefleet_winrm_fingerprint");
    Optional<String> authority =
        text("ansible_winrm_ca_trust_path").filter(path -> !path.equals("legacy_requests"));
    String validation = text("ansible_winrm_server_cert_validation").orElse("validate");
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
    String wanted = text("edgefleet_smb").orElse("false").toLowerCase(Locale.ROOT);
    return switch (wanted) {
      case "false", "no" -> Optional.empty();
      case "true", "yes" ->
          Optional.of(
              new ShareSettings(
                  text("edgefleet_smb_port").map(p -> number("edgefleet_smb_port", p)).orElse(SMB),
                  shares(),
                  !text("edgefleet_smb_signing").orElse("true").equalsIgnoreCase("false")));
      default -> throw bad("edgefleet_smb is '" + wanted + "'", "write true or false");
    };
  }

  private Map<String, String> shares() {
    Optional<Object> value = templates.variable("edgefleet_smb_shares", variables);
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

  private Duration seconds(String name, int otherwise) {
    return Duration.ofSeconds(text(name).map(value -> number(name, value)).orElse(otherwise));
  }

  private int number(String name, String value) {
    try {
      int number = Integer.parseInt(value.strip());
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told of below.
    }
    throw bad(name + " is '" + value + "'", "write a whole number above 0");
  }

  private List<String> words(String name) {
    Optional<Object> value = templates.variable(name, variables);
    if (value.isPresent() && value.get() instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return value.map(text -> List.of(text.toString().split("\\s*,\\s*"))).orElse(List.of());
  }

  private Optional<String> text(String name) {
    @Nullable Object value = templates.variable(name, variables).orElse(null);
    return Optional.ofNullable(value).map(Object::toString);
  }

  private BadInput bad(String what, String remedy) {
    return new BadInput(device + ": " + what, remedy);
  }
}
