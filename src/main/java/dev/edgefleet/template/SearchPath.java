package dev.edgefleet.template;

import dev.edgefleet.jinja.LookupScope;
import dev.edgefleet.jinja.python.PythonText;
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

  /** The playbook's. */
  static Optional<Path> directory(LookupScope scope) {
    return scope.variable("playbook_dir").map(PythonText::of).map(Path::of);
  }
}
