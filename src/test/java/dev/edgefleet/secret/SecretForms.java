package dev.edgefleet.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The forms in which a secret travels, as other programs make them. */
public final class SecretForms {
  private SecretForms() {}

  /** By the name of the form. None is made with the code that is tested. */
  public static Map<String, String> of(String secret) throws JsonProcessingException {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    Map<String, String> forms = new TreeMap<>();
    forms.put("plain", secret);
    for (int before = 0; before < 4; before++) {
      byte[] longer = ("v".repeat(before) + secret + "!?").getBytes(StandardCharsets.UTF_8);
      forms.put("base64 after " + before, Base64.getEncoder().encodeToString(longer));
      forms.put("base64url after " + before, Base64.getUrlEncoder().encodeToString(longer));
    }
    forms.put("base64", Base64.getEncoder().encodeToString(bytes));
    forms.put("base64 without padding", Base64.getEncoder().withoutPadding().encodeToString(bytes));
    forms.put(
        "base64 in lines", Base64.getMimeEncoder(12, new byte[] {'\n'}).encodeToString(bytes));
    forms.put(
        "base64 in lines, indented",
        Base64.getMimeEncoder(16, "\r\n    ".getBytes(StandardCharsets.UTF_8))
            .encodeToString(bytes));
    String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    forms.put("form", url);
    forms.put("form, lower case", lowerCaseEscapes(url));
    forms.put("url", url.replace("+", "%20"));
    forms.put("url, lower case", lowerCaseEscapes(url.replace("+", "%20")));
    StringBuilder everyByte = new StringBuilder();
    for (byte b : bytes) {
      everyByte.append(String.format(Locale.ROOT, "%%%02x", b));
    }
    forms.put("url, every byte", everyByte.toString());
    ObjectMapper ascii = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    ObjectMapper plain = new ObjectMapper();
    String json = plain.writeValueAsString(secret);
    forms.put("json", json);
    forms.put("json, ascii", ascii.writeValueAsString(secret));
    forms.put("json, slashes", json.replace("/", "\\/"));
    forms.put("json in json", plain.writeValueAsString(Map.of("a", json)));
    forms.put("json in json in json", plain.writeValueAsString(plain.writeValueAsString(json)));
    forms.put("base64 in json", plain.writeValueAsString(forms.get("base64 in lines")));
    StringBuilder unicode = new StringBuilder();
    for (int i = 0; i < secret.length(); i++) {
      unicode.append(String.format(Locale.ROOT, "\\u%04x", (int) secret.charAt(i)));
    }
    forms.put("json, every character", unicode.toString());
    forms.put("json, every character, upper case", upperCaseDigits(unicode.toString()));
    forms.put("shell", "'" + secret.replace("'", "'\\''") + "'");
    forms.put("shell as Python quotes", "'" + secret.replace("'", "'\"'\"'") + "'");
    forms.put("hex", HexFormat.of().formatHex(bytes));
    forms.put("hex, upper case", HexFormat.of().withUpperCase().formatHex(bytes));
    forms.put("hex in more", "f" + HexFormat.of().formatHex(bytes) + "0");
    return forms;
  }

  private static String lowerCaseEscapes(String url) {
    return Pattern.compile("%[0-9A-F]{2}")
        .matcher(url)
        .replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
  }

  private static String upperCaseDigits(String unicode) {
    return unicode.toUpperCase(Locale.ROOT).replace("\\U", "\\u");
  }
}
