package dev.edgefleet.template;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.filter.Test;
import dev.edgefleet.jinja.filter.TextFilters;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tests of files on the controller. */
final class FileTests {
  private FileTests() {}

  static Map<String, Test> all() {
    Map<String, Test> all = new HashMap<>();
    add(all, Files::isDirectory, "directory", "is_dir");
    add(all, Files::isRegularFile, "file", "is_file");
    add(all, Files::isSymbolicLink, "link", "is_link");
    add(all, Files::exists, "exists");
    add(all, path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS), "link_exists");
    add(all, Path::isAbsolute, "abs", "is_abs");
    return all;
  }

  private static void add(Map<String, Test> all, Predicate<Path> holds, String... names) {
    for (String name : names) {
      all.put(name, (value, arguments, _) -> holds.test(path(value, arguments)));
    }
  }

  private static Path path(@Nullable Object value, Arguments arguments) {
    try {
      return Path.of(TextFilters.text(value, arguments));
    } catch (InvalidPathException e) {
      throw new TemplateError("'" + value + "' is no path", "give a path of the controller");
    }
  }
}
