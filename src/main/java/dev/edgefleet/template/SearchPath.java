package dev.edgefleet.template;

import dev.edgefleet.jinja.Limits;
import dev.edgefleet.jinja.LookupScope;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.python.PythonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a lookup looks for a file on the controller. */
final class SearchPath {
  private SearchPath() {}

  /**
   * Where a name may be, the best first: in these directories beside the playbook, beside it, and
   * in the working directory.
   */
  static Stream<Path> candidates(String name, List<String> subdirectories, LookupScope scope) {
    try {
      Path given = Path.of(name);
      if (given.isAbsolute()) {
        return Stream.of(given);
      }
      List<Path> candidates = new ArrayList<>();
      directory(scope)
          .ifPresent(
              directory -> {
                for (String subdirectory : subdirectories) {
                  candidates.add(directory.resolve(subdirectory).resolve(name));
                }
                candidates.add(directory.resolve(name));
              });
      candidates.add(given);
      return candidates.stream();
    } catch (InvalidPathException e) {
      return Stream.empty();
    }
  }

  /**
   * The text of the best of them.
   *
   * @param lookup its name, for messages
   * @param where it looks, for people
   * @throws TemplateError when there is none, or it is no UTF-8 text
   */
  static String text(
      String lookup, String name, String subdirectory, String where, LookupScope scope) {
    Path file =
        candidates(name, List.of(subdirectory), scope)
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(
                () ->
                    new TemplateError(
                        "the lookup '" + lookup + "' finds no file '" + name + "'", where));
    try {
      Limits.text(Files.size(file));
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new TemplateError(
          "the file '" + name + "' cannot be read as UTF-8 text", "check the file");
    }
  }

  /** The playbook's. */
  static Optional<Path> directory(LookupScope scope) {
    return scope.variable("playbook_dir").map(PythonText::of).map(Path::of);
  }
}
