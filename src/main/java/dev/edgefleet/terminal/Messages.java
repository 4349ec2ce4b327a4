package dev.edgefleet.terminal;

import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.secret.Vault;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Prints errors the way compilers do: the place, what was found, the line itself, what to do. */
public final class Messages {
  private static final int INDENT = 4;

  private final PrintStream out;
  private final Style style;

  public Messages(PrintStream out, Style style) {
    this.out = out;
    this.style = style;
  }

  private void line(String text) {
    FirstLine.end();
    int width = SystemTerminal.columns();
    text.lines().flatMap(line -> WordWrap.of(line, width, INDENT).stream()).forEach(out::println);
  }

  public void error(String what, String remedy) {
    line(style.paint("bold,red", "error: ") + TerminalText.text(what));
    remedy(remedy);
  }

  public void warning(String what) {
    line(style.paint("bold,yellow", "warning: ") + TerminalText.text(what));
  }

  public void problems(List<Problem> problems) {
    problems.forEach(this::problem);
    if (problems.size() > 1) {
      out.println(problems.size() + " problems; no device was touched.");
    }
  }

  private void problem(Problem problem) {
    String where =
        problem.place().map(p -> style.paint("bold", TerminalText.line(p + ":") + " ")).orElse("");
    line(where + style.paint("bold,red", "error: ") + TerminalText.text(problem.found()));
    problem
        .place()
        .ifPresent(
            place ->
                line(place)
                    .ifPresent(
                        line -> {
                          out.println("    " + TerminalText.text(line));
                          out.println(
                              "    "
                                  + line.substring(0, Math.min(place.column() - 1, line.length()))
                                      .replaceAll("[^\t]", " ")
                                  + style.paint("bold,red", "^"));
                        }));
    remedy(problem.remedy());
  }

  private void remedy(String remedy) {
    if (!remedy.isEmpty()) {
      line("  " + style.paint("bold", "-> ") + TerminalText.text(remedy));
    }
  }

  private static Optional<String> line(Place place) {
    try {
      List<String> lines = Files.readAllLines(Path.of(place.file()));
      // A place in an encrypted file is one in what it holds, which is not to be shown.
      return place.line() <= lines.size() && !Vault.isEnvelope(lines.getFirst())
          ? SourceLine.shown(lines.get(place.line() - 1))
          : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      // The message stands by itself; the line under it is a courtesy.
      return Optional.empty();
    }
  }
}
