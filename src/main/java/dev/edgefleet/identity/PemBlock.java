package dev.edgefleet.identity;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file, however its lines are laid out.
 *
 * @param label what stands behind BEGIN, such as {@code CERTIFICATE}
 * @param encrypted whether its headers say that it needs a passphrase
 * @param der what it holds
 */
record PemBlock(String label, boolean encrypted, byte[] der) {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  // A marker counts at the beginning of a line, indented or not, or behind the END of the block
  // before it; anywhere else it is text that somebody wrote about the block.
  private static final Pattern BEGIN =
      Pattern.compile("(?:^|[\\r\\n]|-----)[ \\t]*-----BEGIN ([A-Z0-9 #.]+?)[ \\t]*-----");

  private static final Pattern HEADER = Pattern.compile("(?m)^[ \\t]*[A-Za-z0-9-]+:.*$");
  private static final Pattern CONTINUED = Pattern.compile("(?m)^[ \\t]+\\S.*$");

  /** A block that cannot be read; what it holds is in no message. */
  static final class Damaged extends Exception {
    private static final long serialVersionUID = 1;

    Damaged(String why) {
      super(why);
    }
  }

  /** In the order of the file. */
  static List<PemBlock> in(String text) throws Damaged {
    List<PemBlock> blocks = new ArrayList<>();
    Matcher begin = BEGIN.matcher(text);
    int from = 0;
    while (begin.find(from)) {
      String label = begin.group(1);
      String end = "-----END " + label + "-----";
      int ends = text.indexOf(end, begin.end());
      if (ends < 0) {
        throw new Damaged("a block that begins with BEGIN " + label + " has no END " + label);
      }
      blocks.add(of(label, text.substring(begin.end(), ends)));
      // The END's dashes may be what the next BEGIN stands behind.
      from = ends + end.length() - 5;
    }
    return List.copyOf(blocks);
  }

  /** As OpenSSL writes it: 64 characters a line, line feeds, nothing around it. */
  String pem() {
    return "-----BEGIN "
        + label
        + "-----\n"
        + LINES.encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static PemBlock of(String label, String body) throws Damaged {
    if (body.contains("\\n")) {
      throw new Damaged("the text \\n stands in it where lines should end");
    }
    boolean headers = body.indexOf(':') >= 0 && HEADER.matcher(body).find();
    if (headers && body.contains("ENCRYPTED")) {
      return new PemBlock(label, true, new byte[0]);
    }
    String base64 = headers ? withoutHeaders(body) : body;
    try {
      byte[] der = Base64.getDecoder().decode(base64.replaceAll("\\s+", ""));
      if (der.length == 0) {
        throw new Damaged("a block " + label + " is empty");
      }
      return new PemBlock(label, false, der);
    } catch (IllegalArgumentException notBase64) {
      throw new Damaged("a block " + label + " holds what is not base64");
    }
  }

  private static String withoutHeaders(String body) {
    return CONTINUED.matcher(HEADER.matcher(body).replaceAll("")).replaceAll("");
  }
}
