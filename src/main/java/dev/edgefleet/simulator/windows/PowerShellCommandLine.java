package dev.edgefleet.simulator.windows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command line hands to PowerShell in base64.
 *
 * @param text of the command
 * @param nonce when it is the bootstrap that runs the operations
 */
record PowerShellCommandLine(String text, Optional<String> nonce) {
  private static final Pattern NONCE = Pattern.compile("'([A-Za-z0-9_-]+)'");

  /** Empty when the command line is none of PowerShell's, or hands over nothing encoded. */
  static Optional<PowerShellCommandLine> of(List<String> words) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String program = DeviceFiles.name(words.getFirst().replace('/', '\\')).toLowerCase(Locale.ROOT);
    if (!program.matches("(powershell|pwsh)(\\.exe)?")) {
      return Optional.empty();
    }
    for (int i = 1; i + 1 < words.size(); i++) {
      if (words.get(i).toLowerCase(Locale.ROOT).matches("-e(c|nc|ncodedcommand)?")) {
        return decode(words.get(i + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<PowerShellCommandLine> decode(String base64) {
    try {
      String text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_16LE);
      Matcher nonce = NONCE.matcher(text);
      boolean ours = text.contains("$input") && nonce.find();
      return Optional.of(
          new PowerShellCommandLine(text, ours ? Optional.of(nonce.group(1)) : Optional.empty()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
