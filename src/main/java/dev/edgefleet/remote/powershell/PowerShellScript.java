package dev.edgefleet.remote.powershell;

import dev.edgefleet.failure.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The program text of operations on Windows, from {@code remote/windows} on the class path. The
 * line that loads the prelude from beside the script, when it is tried by hand, is replaced by the
 * prelude itself.
 */
final class PowerShellScript {
  static final String LOADS_PRELUDE = ". (Join-Path $PSScriptRoot 'prelude.ps1')";

  private static final ConcurrentHashMap<String, String> TEXTS = new ConcurrentHashMap<>();

  private PowerShellScript() {}

  /**
   * @throws BadInput when there is no such operation on Windows
   */
  static String text(String operation) {
    String known = TEXTS.get(operation);
    return known == null ? TEXTS.computeIfAbsent(operation, PowerShellScript::assembled) : known;
  }

  private static String assembled(String operation) {
    String source = load(operation);
    if (source == null) {
      throw new BadInput(
          "there is no " + operation + " on Windows", "leave Windows devices out of this task");
    }
    String prelude = load("prelude");
    if (prelude == null) {
      throw new IllegalStateException("no prelude for PowerShell");
    }
    return withoutComments(source.replace(LOADS_PRELUDE, withoutComments(prelude)));
  }

  private static String withoutComments(String source) {
    return source
        .replaceAll("(?s)<#.*?#>", "")
        .lines()
        .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /**
   * The command line that runs the script which comes first on its standard input, as a line in
   * base64; the lines after it are the script's own. No file, so no execution policy has a say.
   */
  static String commandLine(String nonce) {
    // $input, and not the raw stream, which PowerShell itself reads from as well.
    String text =
        "$edgefleet=@($input);"
            + "& ([ScriptBlock]::Create([Text.Encoding]::ASCII.GetString("
            + "[Convert]::FromBase64String($edgefleet[0])))) '"
            + nonce
            + "' $edgefleet[1..$edgefleet.Length]";
    byte[] bootstrap = text.getBytes(StandardCharsets.UTF_16LE);
    return "powershell -NoLogo -NoProfile -NonInteractive -EncodedCommand "
        + Base64.getEncoder().encodeToString(bootstrap);
  }

  private static @Nullable String load(String name) {
    try (InputStream in =
        PowerShellScript.class.getResourceAsStream("/remote/windows/" + name + ".ps1")) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
