package dev.edgefleet.edge.windows;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.file.DeviceFile;
import dev.edgefleet.edge.IotedgeProvisionAction;
import dev.edgefleet.playbook.parameter.FileMode;
import dev.edgefleet.remote.program.CmdletArgument;
import dev.edgefleet.remote.service.PendingRestart;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The device's own CA, with which it issues certificates to its modules; files of the controller.
 *
 * @param bundle the CA certificates that modules are to trust
 */
record DeviceCa(Path certificate, Path privateKey, Path bundle) {
  private static final String CERTIFICATE = WindowsDirectories.IDENTITY + "\\device-ca.cert.pem";
  private static final String KEY = WindowsDirectories.IDENTITY + "\\device-ca.key.pem";
  private static final String BUNDLE = WindowsDirectories.IDENTITY + "\\trust-bundle.pem";

  static Optional<DeviceCa> of(IotedgeProvisionAction.Parameters wanted, ActionContext context) {
    return wanted
        .deviceCaCertSrc()
        .map(
            certificate ->
                new DeviceCa(
                    context.controllerFile(certificate),
                    context.controllerFile(wanted.deviceCaPkSrc().orElse("")),
                    context.controllerFile(wanted.trustBundleSrc().orElse(""))));
  }

  /** Whether the content of any changed. */
  boolean put(ActionContext context, Optional<PendingRestart> owes, List<String> done) {
    boolean written = put(CERTIFICATE, certificate, "0644", context, owes, done);
    written |= put(KEY, privateKey, "0600", context, owes, done);
    return put(BUNDLE, bundle, "0644", context, owes, done) || written;
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
      Path file,
      String mode,
      ActionContext context,
      Optional<PendingRestart> owes,
      List<String> done) {
    DeviceFile.Result result =
        SetupScript.put(
            new DeviceFile.Desired(
                path,
                context.content(file),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new FileMode(mode)),
                false,
                owes),
            WindowsDirectories.IDENTITY,
            context);
    done.addAll(result.done());
    return result.written();
  }
}
