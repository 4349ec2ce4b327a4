package dev.edgefleet.edge.config;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words that a provisioning section is made of, in whatever mode. */
enum ProvisioningKey {
  SOURCE("source", 2),
  AUTHENTICATION("authentication", 2),
  METHOD("method", 4),
  IOTHUB_HOSTNAME("iothub_hostname", 4),
  DEVICE_ID("device_id", 4),
  IDENTITY_CERT("identity_cert", 4),
  IDENTITY_PK("identity_pk", 4),
  DYNAMIC_REPROVISIONING("dynamic_reprovisioning", 2),
  ALWAYS_REPROVISION_ON_STARTUP("always_reprovision_on_startup", 2),
  DEVICE_CONNECTION_STRING("device_connection_string", -1),
  ATTESTATION("attestation", -1),
  GLOBAL_ENDPOINT("global_endpoint", -1),
  SCOPE_ID("scope_id", -1),
  REGISTRATION_ID("registration_id", -1),
  SYMMETRIC_KEY("symmetric_key", -1),
  ENDPOINT("endpoint", -1);

  private static final Map<String, ProvisioningKey> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(ProvisioningKey::word, Function.identity()));

  private final String word;
  private final int spaces;

  ProvisioningKey(String word, int spaces) {
    this.word = word;
    this.spaces = spaces;
  }

  static Optional<ProvisioningKey> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  String word() {
    return word;
  }

  /** Indentation in a manual X.509 section; negative when the key has no place there. */
  int spaces() {
    return spaces;
  }

  boolean manualX509() {
    return spaces > 0;
  }
}
