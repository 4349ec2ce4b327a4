package dev.edgefleet.journal.fold;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The path of a step that a wave's gate is: {@code 1.wave.2.gate}. */
public record GatePath(int play, int wave) {
  private static final Pattern GATE = Pattern.compile("(\\d{1,6})\\.wave\\.(\\d{1,6})\\.gate.*");

  /** Empty when the path is that of another step. */
  public static Optional<GatePath> of(String path) {
    Matcher matcher = GATE.matcher(path);
    return matcher.matches()
        ? Optional.of(
            new GatePath(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }
}
