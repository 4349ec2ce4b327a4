package dev.edgefleet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real openssl, working in one directory. */
final class Openssl {
  private final Path directory;

  Openssl(Path directory) {
    this.directory = directory;
  }

  /** Runs it with these words, which hold no spaces, and returns what it printed. */
  String run(String words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(words.split(" ", -1)));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s\n%s", words, output).isZero();
    return output;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(file(name), text, StandardCharsets.ISO_8859_1);
  }

  String text(String name) throws IOException {
    return Files.readString(file(name), StandardCharsets.ISO_8859_1);
  }

  /** Upper-case hex without colons. */
  String fingerprint(String certificate, String digest) throws Exception {
    String printed = run("x509 -in " + certificate + " -noout -fingerprint -" + digest);
    return printed.substring(printed.indexOf('=') + 1).strip().replace(":", "");
  }

  /** A key and a certificate it signed itself, in NAME.key.pem and NAME.pem. */
  void selfSigned(String name, String keyOptions, String requestOptions) throws Exception {
    run("genpkey " + keyOptions + " -out " + name + ".key.pem");
    run(
        "req -x509 -new -key "
            + name
            + ".key.pem -subj /CN="
            + name
            + " -out "
            + name
            + ".pem "
            + requestOptions);
  }

  /** A certificate for NAME.key.pem signed by ISSUER, with these extensions. */
  void issued(String name, String issuer, String extensions) throws Exception {
    write(name + ".ext", extensions);
    run("req -new -key " + name + ".key.pem -subj /CN=" + name + " -out " + name + ".csr");
    run(
        "x509 -req -in "
            + name
            + ".csr -CA "
            + issuer
            + ".pem -CAkey "
            + issuer
            + ".key.pem -CAcreateserial -days 100 -extfile "
            + name
            + ".ext -out "
            + name
            + ".pem");
  }
}
