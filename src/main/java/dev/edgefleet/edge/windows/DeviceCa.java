package dev.edgefleet.edge.windows;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.action.file.DeviceFile;
import dev.edgefleet.edge.IotedgeProvisionAction;
import dev.edgefleet.identity.CertificateBundle;
import dev.edgefleet.identity.IdentityPair;
import dev.edgefleet.identity.PairRole;
import dev.edgefleet.playbook.parameter.FileMode;
import dev.edgefleet.remote.program.CmdletArgument;
import dev.edgefleet.remote.service.PendingRestart;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The device's own CA, with which it issues certificates to its modules; files of the controller,
 * checked.
 *
 * @param bundle the CA certificates that modules are to trust
 */
record DeviceCa(IdentityPair pair, CertificateBundle bundle) {
  private static final String CERTIFICATE = WindowsDirectories.IDENTITY + "\\device-ca.cert.pem";
  private static final String KEY = WindowsDirectories.IDENTITY + "\\device-ca.key.pem";
  private static final String BUNDLE = WindowsDirectories.IDENTITY + "\\trust-bundle.pem";

  static Optional<DeviceCa> of(IotedgeProvisionAction.Parameters wanted, ActionContext context) {
    return wanted
        .deviceCaCertSrc()
        .map(
            certificate ->
                new DeviceCa(
                    IdentityPair.load(
                        PairRole.DEVICE_CA,
                        context.controllerFile(certificate),
                        context.controllerFile(wanted.deviceCaPkSrc().orElse("")),
                        context::content,
                        Clock.systemUTC()),
                    CertificateBundle.load(
                        context.controllerFile(wanted.trustBundleSrc().orElse("")),
                        context::content,
                        Clock.systemUTC())));
  }

  /** What will work but should be looked at. */
  List<String> warnings() {
    return Stream.concat(
            pair.warnings().stream().map(warning -> "of the device CA: " + warning),
            bundle.warnings().stream())
        .toList();
  }

  /** Whether the content of any changed. */
  boolean put(
      ActionContext context,
      Optional<PendingRestart> owes,
      List<String> done,
      List<Outcome.FileChange> changes) {
    boolean written = put(CERTIFICATE, pair.certificatePem(), "0644", context, owes, done, changes);
    written |= put(KEY, pair.privateKeyBytes(), "0600", context, owes, done, changes);
    return put(BUNDLE, bundle.pem(), "0644", context, owes, done, changes) || written;
  }

  List<CmdletArgument> arguments() {
    return List.of(
        CmdletArgument.text("DeviceCACertificate", CERTIFICATE),
        CmdletArgument.text("DeviceCAPrivateKey", KEY),
        CmdletArgument.text("DeviceTrustbundle", BUNDLE));
  }

  /** What stands in config.yaml afterwards. */
  Map<String, String> inConfig() {
    return Map.of(
        "certificates.device_ca_cert", FileUri.of(CERTIFICATE),
        "certificates.device_ca_pk", FileUri.of(KEY),
        "certificates.trusted_ca_certs", FileUri.of(BUNDLE));
  }

  private static boolean put(
      String path,
      byte[] content,
      String mode,
      ActionContext context,
      Optional<PendingRestart> owes,
      List<String> done,
      List<Outcome.FileChange> changes) {
    DeviceFile.Result result =
        SetupScript.put(
            new DeviceFile.Desired(
                path,
                content,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new FileMode(mode)),
                false,
                owes),
            WindowsDirectories.IDENTITY,
            context);
    done.addAll(result.done());
    changes.addAll(result.changes());
    return result.written();
  }
}
