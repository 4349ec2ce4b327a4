package dev.edgefleet.cli.vault;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.io.ProgramFile;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.secret.VaultPassword;
import dev.edgefleet.terminal.Interactive;
import dev.edgefleet.terminal.Messages;
import dev.edgefleet.terminal.Style;
import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Where one vault password comes from.
 *
 * @param id its vault id
 * @param source {@code prompt}, {@code prompt_ask_vault_pass}, or the path of a file or program
 */
record VaultSource(String id, String source) {
  /** What --ask-vault-pass stands for. */
  static final VaultSource ASK = new VaultSource(VaultPassword.DEFAULT, "prompt_ask_vault_pass");

  private static final Set<String> PROMPTS = Set.of("prompt", ASK.source);
  // What Ansible leaves out around a password: of a program only line ends, blanks belong to it.
  private static final String LINE_ENDS = "\r\n";
  private static final String WHITE_SPACE = " \t\n\r\u000b\f";

  private static final Set<PosixFilePermission> FOR_OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  /** From {@code [LABEL@]SOURCE}. */
  static VaultSource of(String given) {
    int at = given.indexOf('@');
    String label = at < 0 ? "" : given.substring(0, at);
    String source = given.substring(at + 1);
    if (source.isEmpty()) {
      throw new BadInput(
          "the vault id '" + given + "' has no source after the @",
          "write LABEL@prompt or LABEL@FILE");
    }
    if (label.contains(";")) {
      throw new BadInput(
          "the vault id '" + label + "' has a semicolon", "choose a label without it");
    }
    return new VaultSource(label.isEmpty() ? VaultPassword.DEFAULT : label, source);
  }

  /**
   * @param twice whether a typed password is typed again, since it is a new one
   * @throws BadInput when it cannot be had
   */
  VaultPassword password(boolean twice) {
    if (PROMPTS.contains(source)) {
      return new VaultPassword(id, typed(twice));
    }
    Path file = Path.of(source.replaceFirst("^~(?=/)", home()));
    if (!Files.exists(file)) {
      throw new BadInput(
          "there is no vault password file " + file, "check the path, or use --ask-vault-pass");
    }
    if (Files.isDirectory(file)) {
      throw new BadInput("the vault password file " + file + " is a directory", "name a file");
    }
    return new VaultPassword(id, ProgramFile.is(file) ? printedBy(file) : writtenIn(file));
  }

  private Secret typed(boolean twice) {
    Console console =
        Interactive.console()
            .orElseThrow(
                () ->
                    new BadInput(
                        "there is no terminal to ask for the vault password on",
                        "give it in a file, with --vault-password-file FILE or --vault-id"
                            + " LABEL@FILE"));
    String of = source.equals(ASK.source) ? "" : " (" + id + ")";
    String first = read(console, (twice ? "New vault password" : "Vault password") + of);
    if (twice && !read(console, "Confirm new vault password" + of).equals(first)) {
      throw new BadInput("the two passwords differ", "type the same password twice");
    }
    return secret(strip(first, WHITE_SPACE), "what was typed");
  }

  private static String read(Console console, String prompt) {
    char[] typed = console.readPassword("%s: ", prompt);
    return typed == null ? "" : new String(typed);
  }

  private static Secret writtenIn(Path file) {
    try {
      if (!Collections.disjoint(Files.getPosixFilePermissions(file), FOR_OTHERS)) {
        new Messages(System.err, Style.automatic())
            .warning(
                "the vault password file "
                    + file
                    + " can be read by others; keep it to yourself: chmod 600 "
                    + file);
      }
      return secret(
          strip(text(Files.readAllBytes(file), file), WHITE_SPACE),
          "the vault password file " + file);
    } catch (IOException e) {
      throw new BadInput(
          "cannot read the vault password file " + file, "check who may read it: ls -l " + file);
    }
  }

  // Standard input and standard error stay the terminal's: such programs may ask for something.
  private Secret printedBy(Path program) {
    List<String> words = new ArrayList<>(List.of(program.toAbsolutePath().toString()));
    if (program.getFileName().toString().matches(".*-client(\\.[^.]*)?")) {
      words.addAll(List.of("--vault-id", id));
    }
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      byte[] printed = process.getInputStream().readAllBytes();
      int exitCode = process.waitFor();
      if (exitCode != 0) {
        throw new BadInput(
            "the vault password program " + program + " ended with exit code " + exitCode,
            "run it by hand to see why: " + String.join(" ", words));
      }
      return secret(
          strip(text(printed, program), LINE_ENDS),
          "what the vault password program " + program + " prints");
    } catch (IOException e) {
      throw new BadInput(
          "the vault password program " + program + " cannot be started: " + e.getMessage(),
          "if it is a file with the password, take the x bit away: chmod a-x " + program);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BadInput("interrupted while " + program + " ran", "run it again");
    }
  }

  private static String text(byte[] bytes, Path file) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadInput(
          "the vault password from " + file + " is not UTF-8 text",
          "rekey the vault to a password that is text");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static String strip(String text, String around) {
    int from = 0;
    int to = text.length();
    while (from < to && around.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (from < to && around.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }

  private static Secret secret(String password, String from) {
    if (password.isEmpty()) {
      throw new BadInput(from + " is empty", "a vault password has at least one character");
    }
    return Secret.of(password).from(from);
  }

  private static String home() {
    return java.util.regex.Matcher.quoteReplacement(System.getProperty("user.home"));
  }
}
