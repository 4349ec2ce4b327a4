package dev.edgefleet.edge.config;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The manual X.509 provisioning of one device, as it is to stand in config.yaml. Values that the
 * daemon would refuse cannot be made.
 *
 * @param iothubHostname such as {@code contoso.azure-devices.net}
 * @param deviceId as registered in the hub
 * @param identityCert {@code file:///} URI of the device identity certificate
 * @param identityPk {@code file:///} URI of its private key
 */
public record ManualX509(
    String iothubHostname, String deviceId, String identityCert, String identityPk) {
  static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9\\-:.+%_#*?!(),=@;$']{1,128}");
  static final Pattern HOSTNAME = Pattern.compile("[A-Za-z0-9_.\\-]+");

  // What RFC 3986 allows in a path, less nothing: the daemon hands it to a URL parser.
  private static final Pattern FILE_URI =
      Pattern.compile("file:///(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})+");
  private static final Pattern DOTS = Pattern.compile("(?:^|.*/)(?:\\.|%2[eE]){1,2}(?:/.*|$)");
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/";

  /**
   * @throws BadInput naming every field that is wrong
   */
  public ManualX509 {
    List<Problem> problems = new ArrayList<>();
    if (!HOSTNAME.matcher(iothubHostname).matches()) {
      problems.add(
          Problem.of(
              "iothub_hostname: `" + iothubHostname + "` is not a host name",
              "Write the hub's host name alone, such as contoso.azure-devices.net: no https://,"
                  + " port or path"));
    }
    if (!DEVICE_ID.matcher(deviceId).matches()) {
      problems.add(
          Problem.of(
              "device_id: `" + deviceId + "` is not a device id",
              "1 to 128 ASCII letters, digits and - : . + % _ # * ? ! ( ) , = @ ; $ '"));
    }
    checkUri("identity_cert", identityCert).ifPresent(problems::add);
    checkUri("identity_pk", identityPk).ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
  }

  /**
   * From absolute paths on the device; {@code file:///} URIs are taken as they are.
   *
   * @throws BadInput naming every field that is wrong
   */
  public static ManualX509 of(
      String iothubHostname, String deviceId, String identityCert, String identityPk) {
    return new ManualX509(iothubHostname, deviceId, uri(identityCert), uri(identityPk));
  }

  /** The URI of an absolute path; anything else comes back as it is, for the check to refuse. */
  private static String uri(String path) {
    if (!path.startsWith("/") || path.chars().anyMatch(Character::isISOControl)) {
      return path;
    }
    StringBuilder uri = new StringBuilder("file://");
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (PLAIN.indexOf(c) >= 0) {
        uri.append(c);
      } else {
        uri.append('%').append(String.format("%02X", (int) c));
      }
    }
    return uri.toString();
  }

  private static Optional<Problem> checkUri(String field, String uri) {
    if (FILE_URI.matcher(uri).matches()
        && !DOTS.matcher(uri.substring("file:///".length())).matches()
        && !uri.endsWith("/")) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
            field + ": `" + uri + "` is not the place of a file on the device",
            "Write an absolute path such as /etc/iotedge/identity/device-id.pem, or its file:///"
                + " URI; no . or .. in it"));
  }
}
