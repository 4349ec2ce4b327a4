package dev.edgefleet.remote.service;

import dev.edgefleet.failure.Said;
import dev.edgefleet.remote.Reply;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a device tells of a {@link ControlService} that did not get what it asked for.
 *
 * @param code exit status of systemctl, on Windows the error code of the call; 0 when it was
 *     content
 * @param said what systemctl or Windows said, as it said it
 * @param load systemd's LoadState, such as masked or bad-setting; empty on Windows
 * @param result systemd's Result, such as exit-code or timeout; empty when nothing was started
 * @param exitKind {@code exited}, {@code killed} or {@code dumped}, by which {@code
 *     ServiceStatus.exitStatus} is an exit code or a signal; empty when that is not known
 * @param falls how often it was started anew while it was watched
 * @param log what was logged of it since the request, its last lines
 */
public record ServiceFailure(
    int code, String said, String load, String result, String exitKind, int falls, String log) {
  private static final Pattern EXIT =
      Pattern.compile("Main process exited, code=(exited|killed|dumped), status=(\\d{1,3})/");

  static ServiceFailure of(Reply reply) {
    return new ServiceFailure(
        Math.toIntExact(reply.number("code")),
        reply.value("said"),
        reply.optional("load").orElse(""),
        reply.optional("result").orElse(""),
        reply.optional("exit_kind").orElse(""),
        Math.toIntExact(reply.number("falls")),
        reply.text());
  }

  /**
   * The sentence that systemctl or Windows said, without warnings and without where to look for
   * more; empty when it said nothing.
   */
  public String sentence() {
    return said.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("Warning:") && !line.startsWith("See "))
        .findFirst()
        .map(line -> line.replaceFirst(" See '[^']*' for details\\.$", ""))
        .map(line -> Said.of(line.replaceFirst("\\.$", "")))
        .orElse("");
  }

  /** How its main process ended last, as systemd logged it; empty when it did not. */
  Optional<MainProcessEnd> loggedEnd() {
    return EXIT.matcher(log)
        .results()
        .reduce((_, last) -> last)
        .map(end -> new MainProcessEnd(end.group(1), Integer.parseInt(end.group(2))));
  }
}
