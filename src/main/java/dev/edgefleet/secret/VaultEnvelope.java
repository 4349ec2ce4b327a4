package dev.edgefleet.secret;

import dev.edgefleet.failure.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An Ansible vault envelope in its parts: {@code $ANSIBLE_VAULT;1.1;AES256} or {@code
 * $ANSIBLE_VAULT;1.2;AES256;LABEL}, then lines of hexadecimal digits that stand for three words of
 * hexadecimal digits: salt, HMAC-SHA256 of the ciphertext, ciphertext.
 *
 * @param id the label of a 1.2 envelope, {@link VaultPassword#DEFAULT} of a 1.1 one
 */
record VaultEnvelope(String id, byte[] salt, byte[] mac, byte[] ciphertext) {
  static final String START = "$ANSIBLE_VAULT;";

  private static final HexFormat HEX = HexFormat.of();
  private static final int LINE_WIDTH = 80;
  private static final int MAC_BYTES = 32;
  private static final String REMEDY =
      "copy the whole envelope again, or encrypt the value anew with edgefleet vault encrypt";

  /**
   * @throws BadInput without a place when it is damaged or of an unknown kind
   */
  static VaultEnvelope parse(String text) {
    List<String> lines = text.strip().lines().map(String::strip).toList();
    String header = lines.isEmpty() ? "" : lines.getFirst();
    String[] words = header.split(";", -1);
    if (!header.startsWith(START)) {
      throw new BadInput(
          "this is not an Ansible vault envelope: it does not start with " + START + "1.1;AES256",
          "make one with edgefleet vault encrypt");
    }
    if (words.length < 3 || !words[1].strip().matches("1\\.[12]")) {
      throw new BadInput(
          "the vault envelope's header '" + shortened(header) + "' is not of version 1.1 or 1.2",
          "encrypt the value anew with edgefleet vault encrypt");
    }
    if (!words[2].strip().equals("AES256")) {
      throw new BadInput(
          "the vault envelope's cipher is '" + shortened(words[2]) + "', and only AES256 is known",
          "encrypt the value anew with edgefleet vault encrypt");
    }
    boolean labelled = words.length > 3 && !words[3].isBlank();
    String id = labelled ? words[3].strip() : VaultPassword.DEFAULT;
    String body = lines.stream().skip(1).collect(Collectors.joining());
    return parts(id, unhex(body, "body"));
  }

  private static VaultEnvelope parts(String id, byte[] body) {
    String[] words = new String(body, StandardCharsets.US_ASCII).split("\n", -1);
    if (words.length != 3) {
      throw damaged("it holds " + (body.length == 0 ? "nothing" : words.length + " parts, not 3"));
    }
    byte[] mac = unhex(words[1], "checksum");
    byte[] ciphertext = unhex(words[2], "ciphertext");
    if (mac.length != MAC_BYTES || ciphertext.length == 0 || ciphertext.length % 16 != 0) {
      throw damaged("a part of it is cut off");
    }
    return new VaultEnvelope(id, unhex(words[0], "salt"), mac, ciphertext);
  }

  private static byte[] unhex(String digits, String part) {
    try {
      return HEX.parseHex(digits);
    } catch (IllegalArgumentException e) {
      throw damaged("its " + part + " is not a row of hexadecimal pairs");
    }
  }

  private static BadInput damaged(String how) {
    return new BadInput("the vault envelope is damaged: " + how, REMEDY);
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 57) + "..." : text;
  }

  /** The salt and the HMAC, which no two envelopes share. */
  String fingerprint() {
    return HEX.formatHex(salt) + HEX.formatHex(mac);
  }

  /** As it stands in a file, with a line feed at the end. */
  String text() {
    String header =
        id.equals(VaultPassword.DEFAULT) ? START + "1.1;AES256" : START + "1.2;AES256;" + id;
    String inner =
        HEX.formatHex(salt) + "\n" + HEX.formatHex(mac) + "\n" + HEX.formatHex(ciphertext);
    String outer = HEX.formatHex(inner.getBytes(StandardCharsets.US_ASCII));
    StringBuilder text = new StringBuilder(outer.length() + outer.length() / LINE_WIDTH + 80);
    text.append(header).append('\n');
    for (int from = 0; from < outer.length(); from += LINE_WIDTH) {
      text.append(outer, from, Math.min(outer.length(), from + LINE_WIDTH)).append('\n');
    }
    return text.toString();
  }
}
