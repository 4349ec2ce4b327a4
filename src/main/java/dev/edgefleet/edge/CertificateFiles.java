package dev.edgefleet.edge;

import dev.edgefleet.action.TaskPreview;
import dev.edgefleet.identity.CertificateBundle;
import dev.edgefleet.identity.IdentityPair;
import dev.edgefleet.identity.PairRole;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** A look at certificates and keys that tasks will install, before any device is touched. */
public final class CertificateFiles {
  private CertificateFiles() {}

  /** The id as given, else the inventory name; empty when it is not known yet. */
  public static Optional<String> deviceId(TaskPreview task) {
    return task.gives("device_id") ? task.text("device_id") : Optional.of(task.device());
  }

  /** The device's identity, in the parameters that all actions have for it. */
  public static void identity(TaskPreview task, Optional<String> deviceId) {
    pair(
        task,
        PairRole.DEVICE_IDENTITY,
        "identity_cert_src",
        "identity_pk_src",
        pair ->
            deviceId
                .map(id -> pair.warningsFor(id, ""))
                .orElse(pair.warnings())
                .forEach(warning -> warn(task, "identity_cert_src", warning)));
  }

  /** The device's CA and the authorities that its modules trust. */
  static void deviceCa(TaskPreview task) {
    pair(
        task,
        PairRole.DEVICE_CA,
        "device_ca_cert_src",
        "device_ca_pk_src",
        pair -> pair.warnings().forEach(warning -> warn(task, "device_ca_cert_src", warning)));
    file(task, "trust_bundle_src")
        .ifPresent(
            bundle ->
                task.lookOnce(
                    "trust_bundle_src",
                    bundle,
                    () ->
                        CertificateBundle.load(bundle, task::content, Clock.systemUTC())
                            .warnings()
                            .forEach(warning -> warn(task, "trust_bundle_src", warning))));
  }

  private static void pair(
      TaskPreview task,
      PairRole role,
      String certParameter,
      String keyParameter,
      Consumer<IdentityPair> then) {
    Optional<Path> certificate = file(task, certParameter);
    Optional<Path> key = file(task, keyParameter);
    if (certificate.isPresent() && key.isPresent()) {
      task.look(
          certParameter,
          () ->
              then.accept(
                  IdentityPair.load(
                      role, certificate.get(), key.get(), task::content, Clock.systemUTC())));
    }
  }

  private static Optional<Path> file(TaskPreview task, String parameter) {
    return task.text(parameter).flatMap(name -> task.file(parameter, name));
  }

  private static void warn(TaskPreview task, String parameter, String sentence) {
    file(task, parameter).ifPresent(file -> task.warn(parameter, file, sentence));
  }
}
