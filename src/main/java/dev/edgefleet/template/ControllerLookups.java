package dev.edgefleet.template;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Limits;
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
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lookups {@code env} and {@code file}. */
final class ControllerLookups {
  private ControllerLookups() {}

  static @Nullable Object environment(
      String name, Arguments options, Function<String, Optional<Object>> variables) {
    Arguments arguments = options.bound("default");
    String value = System.getenv(name);
    return value == null ? arguments.get("default", "") : value;
  }

  static String file(String name, Arguments options, Function<String, Optional<Object>> variables) {
    Arguments arguments = options.bound("lstrip", "rstrip");
    Path file =
        candidates(name, variables)
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(
                () ->
                    new TemplateError(
                        "the lookup 'file' finds no file '" + name + "'",
                        "it looks beside the playbook and in its files directory"));
    try {
      Limits.text(Files.size(file));
      String text = Files.readString(file, StandardCharsets.UTF_8);
      String right = arguments.truth("rstrip", true) ? text.stripTrailing() : text;
      return arguments.truth("lstrip", false) ? right.stripLeading() : right;
    } catch (IOException e) {
      throw new TemplateError(
          "the file '" + name + "' cannot be read as UTF-8 text", "check the file");
    }
  }

  private static Stream<Path> candidates(
      String name, Function<String, Optional<Object>> variables) {
    try {
      Path given = Path.of(name);
      if (given.isAbsolute()) {
        return Stream.of(given);
      }
      List<Path> candidates = new ArrayList<>();
      variables
          .apply("playbook_dir")
          .map(PythonText::of)
          .ifPresent(
              directory -> {
                candidates.add(Path.of(directory, "files", name));
                candidates.add(Path.of(directory, name));
              });
      candidates.add(given);
      return candidates.stream();
    } catch (InvalidPathException e) {
      return Stream.empty();
    }
  }
}
