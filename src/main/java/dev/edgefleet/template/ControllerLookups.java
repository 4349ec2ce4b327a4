package dev.edgefleet.template;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Limits;
import dev.edgefleet.jinja.LookupScope;
import dev.edgefleet.jinja.TemplateError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lookups {@code env} and {@code file}. */
final class ControllerLookups {
  private ControllerLookups() {}

  static @Nullable Object environment(String name, Arguments options, LookupScope scope) {
    Arguments arguments = options.bound("default");
    String value = System.getenv(name);
    return value == null ? arguments.get("default", "") : value;
  }

  static String file(String name, Arguments options, LookupScope scope) {
    Arguments arguments = options.bound("lstrip", "rstrip");
    Path file =
        SearchPath.candidates(name, List.of("files"), scope)
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
}
