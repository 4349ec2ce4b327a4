package dev.edgefleet.edge;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.action.file.DeviceFile;
import dev.edgefleet.edge.windows.SetupScript;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.identity.IdentityPair;
import dev.edgefleet.identity.PairRole;
import dev.edgefleet.playbook.parameter.FileMode;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.StatFile;
import dev.edgefleet.remote.service.PendingRestart;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The identity certificate and key of a task: files of the controller that go to the device, or
 * files that are there already.
 *
 * @param pair what is on the controller, checked; empty when the files are on the device
 */
public record DeviceIdentity(DeviceIdentityFiles files, Optional<IdentityPair> pair) {
  /**
   * @param certSrc file of the controller; together with {@code keySrc}, or neither
   * @param certPath path on the device; needed without the files of the controller
   */
  public static DeviceIdentity of(
      String name,
      Optional<String> certSrc,
      Optional<String> keySrc,
      Optional<String> certPath,
      Optional<String> keyPath,
      ActionContext context) {
    if (certSrc.isEmpty() && (certPath.isEmpty() || keyPath.isEmpty())) {
      throw new BadInput(
          "an X.509 method needs a certificate and its key",
          "give identity_cert_src and identity_pk_src, files of the controller, or identity_cert"
              + " and identity_pk, paths on the device");
    }
    DeviceIdentityFiles usual = DeviceIdentityFiles.of(name);
    return new DeviceIdentity(
        new DeviceIdentityFiles(
            certPath.orElse(usual.certificate()), keyPath.orElse(usual.privateKey())),
        certSrc.map(certificate -> pair(certificate, keySrc.orElse(""), context)));
  }

  /**
   * A certificate of the controller and its key, checked.
   *
   * @param certSrc as the playbook names it
   */
  public static IdentityPair pair(String certSrc, String keySrc, ActionContext context) {
    return IdentityPair.load(
        PairRole.DEVICE_IDENTITY,
        context.controllerFile(certSrc),
        context.controllerFile(keySrc),
        context::content,
        Clock.systemUTC());
  }

  /**
   * Brings both to the device. Without files of the controller it sees that they are there, since
   * Initialize-IoTEdge notices a missing certificate too late and a missing key never.
   *
   * @param owes restart that is due once either is replaced
   * @return whether the content of either changed
   */
  public boolean put(
      ActionContext context,
      Optional<PendingRestart> owes,
      List<String> done,
      List<Outcome.FileChange> changes) {
    if (pair.isEmpty() && context.check()) {
      // What a task before this one would have copied there.
      return false;
    }
    if (pair.isEmpty()) {
      present(files.certificate(), "identity certificate", context);
      present(files.privateKey(), "private key", context);
      return false;
    }
    DeviceFile.Result certificate =
        put(files.certificate(), pair.get().certificatePem(), "0644", owes, context);
    DeviceFile.Result privateKey =
        put(files.privateKey(), pair.get().privateKeyBytes(), "0600", owes, context);
    for (DeviceFile.Result result : List.of(certificate, privateKey)) {
      done.addAll(result.done());
      changes.addAll(result.changes());
    }
    return certificate.written() || privateKey.written();
  }

  /** What is told of it, to register and in the report; nothing of files of the device. */
  public Map<String, Object> facts() {
    return pair.map(known -> known.facts().named()).orElse(Map.of());
  }

  /** What should be looked at when it goes to the device of that id. */
  public List<String> warningsFor(String deviceId) {
    return pair.map(known -> known.warningsFor(deviceId, "")).orElse(List.of());
  }

  private static DeviceFile.Result put(
      String path,
      byte[] content,
      String mode,
      Optional<PendingRestart> owes,
      ActionContext context) {
    return SetupScript.put(
        new DeviceFile.Desired(
            path,
            content,
            Optional.empty(),
            Optional.empty(),
            Optional.of(new FileMode(mode)),
            false,
            owes),
        directory(path),
        context);
  }

  private static void present(String path, String what, ActionContext context) {
    if (context.perform(new StatFile(path)).kind() != FileState.Kind.FILE) {
      throw new StepFailed(
          "the " + what + " " + path + " is not on the device",
          "copy it there first, or give identity_cert_src and identity_pk_src");
    }
  }

  private static String directory(String path) {
    int end = path.lastIndexOf('\\');
    if (end <= 0) {
      throw new BadInput(
          "'" + path + "' is no full path on Windows", "write it as C:\\directory\\file.pem");
    }
    return path.substring(0, end);
  }
}
