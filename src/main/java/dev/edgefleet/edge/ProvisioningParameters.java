package dev.edgefleet.edge;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.secret.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a task says of how its device becomes known: checked as a whole, so that nothing is left out
 * and nothing stands there without a meaning.
 *
 * @param action for messages
 * @param method such as {@code dps_x509}
 */
public record ProvisioningParameters(
    String action,
    String method,
    Optional<String> iothubHostname,
    Optional<String> deviceId,
    Optional<String> scopeId,
    Optional<String> registrationId,
    Optional<String> connectionString,
    Optional<String> symmetricKey) {
  private static final Map<String, List<String>> NEEDED =
      Map.of(
          "manual_connection_string", List.of("connection_string"),
          "manual_x509", List.of("iothub_hostname", "device_id"),
          "dps_x509", List.of("scope_id"),
          "dps_symmetric_key", List.of("scope_id", "registration_id", "symmetric_key"),
          "dps_tpm", List.of("scope_id"));

  private static final Map<String, List<String>> ALLOWED =
      Map.of(
          // A device may be called by its id in one task for all methods.
          "manual_connection_string", List.of("device_id"),
          "manual_x509", List.of(),
          "dps_x509", List.of("device_id", "registration_id"),
          "dps_symmetric_key", List.of("device_id"),
          "dps_tpm", List.of("device_id", "registration_id"));

  /**
   * @throws BadInput when what the method needs is missing, or what it has no use for is there
   */
  public ProvisioningParameters {
    Map<String, Optional<String>> given = new LinkedHashMap<>();
    given.put("iothub_hostname", iothubHostname);
    given.put("device_id", deviceId);
    given.put("scope_id", scopeId);
    given.put("registration_id", registrationId);
    given.put("connection_string", connectionString);
    given.put("symmetric_key", symmetricKey);
    List<String> needed = needed(action, method);
    for (String name : needed) {
      if (given.getOrDefault(name, Optional.empty()).isEmpty()) {
        throw new BadInput(
            action + " with method " + method + " needs '" + name + "'",
            "give " + String.join(", ", needed));
      }
    }
    List<String> allowed = ALLOWED.getOrDefault(method, List.of());
    given.forEach(
        (name, value) -> {
          if (value.isPresent() && !needed.contains(name) && !allowed.contains(name)) {
            throw new BadInput(
                action + " with method " + method + " has no use for '" + name + "'",
                "leave it out, or choose the method that it belongs to");
          }
        });
  }

  // Initialize-IoTEdge wants a registration id where Provision-EflowVm does without.
  private static List<String> needed(String action, String method) {
    return action.equals("iotedge_provision") && method.equals("dps_tpm")
        ? List.of("scope_id", "registration_id")
        : NEEDED.getOrDefault(method, List.of());
  }

  public boolean withCertificate() {
    return method.endsWith("_x509");
  }

  public ProvisioningMethod enrolment(DeviceIdentityFiles files) {
    return switch (method) {
      case "manual_connection_string" ->
          new ProvisioningMethod.ManualConnectionString(Secret.of(connectionString.orElseThrow()));
      case "manual_x509" ->
          new ProvisioningMethod.ManualX509(
              iothubHostname.orElseThrow(), deviceId.orElseThrow(), files);
      case "dps_x509" ->
          new ProvisioningMethod.DpsX509(scopeId.orElseThrow(), registrationId, files);
      case "dps_symmetric_key" ->
          new ProvisioningMethod.DpsSymmetricKey(
              scopeId.orElseThrow(),
              registrationId.orElseThrow(),
              Secret.of(symmetricKey.orElseThrow()));
      case "dps_tpm" -> new ProvisioningMethod.DpsTpm(scopeId.orElseThrow(), registrationId);
      default -> throw new IllegalStateException("not a method: " + method);
    };
  }

  /** What has to be masked before anything is done with it. */
  public List<Secret> secrets() {
    return Stream.of(connectionString, symmetricKey)
        .flatMap(Optional::stream)
        .map(Secret::of)
        .toList();
  }
}
