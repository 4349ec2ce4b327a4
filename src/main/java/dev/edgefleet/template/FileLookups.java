package dev.edgefleet.template;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.LookupScope;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.filter.TextFilters;
import dev.edgefleet.jinja.python.PythonText;
import dev.edgefleet.jinja.value.JinjaValues;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lookups {@code fileglob}, {@code first_found} and {@code template}. */
final class FileLookups {
  private static final List<String> ANYWHERE = List.of("files", "templates", "vars");

  private FileLookups() {}

  /** Files of the controller that a pattern fits, by name; none is no mistake. */
  static List<Object> glob(
      List<? extends @Nullable Object> terms, Arguments options, LookupScope scope) {
    options.bound();
    List<Object> found = new ArrayList<>();
    for (Object term : terms) {
      String pattern = TextFilters.text(JinjaValues.defined(term), options);
      int slash = pattern.lastIndexOf('/');
      String directory = slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash);
      SearchPath.candidates(directory, List.of("files"), scope)
          .map(path -> matching(path.normalize(), pattern.substring(slash + 1)))
          .filter(files -> !files.isEmpty())
          .findFirst()
          .ifPresent(found::addAll);
    }
    return found;
  }

  private static List<String> matching(Path directory, String pattern) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    Pattern wanted = Pattern.compile(regex(pattern), Pattern.DOTALL);
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      for (Path path : all) {
        String name = String.valueOf(path.getFileName());
        boolean hidden = name.startsWith(".") && !pattern.startsWith(".");
        if (!hidden && wanted.matcher(name).matches() && Files.isRegularFile(path)) {
          names.add(path.toString());
        }
      }
    } catch (IOException e) {
      throw new TemplateError(
          "the directory '" + directory + "' cannot be read", "check its permissions");
    }
    names.sort(null);
    return names;
  }

  // As Python's glob: * and ? and sets of characters.
  private static String regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      int close = c == '[' ? pattern.indexOf(']', i + 2) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (close > 0) {
        String set = pattern.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
        regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
        i = close;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }

  /** The first file that is there; each term is a name, or a mapping with files and paths. */
  static List<Object> firstFound(
      List<? extends @Nullable Object> terms, Arguments given, LookupScope scope) {
    Arguments options = given.bound("skip", "errors");
    List<String> names = new ArrayList<>();
    boolean skip = skips(options);
    List<Object> all = new ArrayList<>();
    flat(terms, all);
    for (Object term : all) {
      if (term instanceof Map<?, ?> map) {
        names.addAll(paths(texts(map.get("files")), texts(map.get("paths"))));
        skip |= JinjaValues.truth(map.get("skip")) || "ignore".equals(map.get("errors"));
      } else {
        names.add(PythonText.of(term));
      }
    }
    Optional<Path> found =
        names.stream()
            .flatMap(name -> SearchPath.candidates(name, ANYWHERE, scope))
            .filter(Files::exists)
            .findFirst();
    if (found.isEmpty() && !skip) {
      throw new TemplateError(
          "none of these files is there: " + String.join(", ", names),
          "make one, or add skip: true beside files: to do without");
    }
    return found.<List<Object>>map(path -> List.of(path.normalize().toString())).orElse(List.of());
  }

  private static boolean skips(Arguments options) {
    return options.truth("skip", false) || "ignore".equals(options.get("errors"));
  }

  private static void flat(List<? extends @Nullable Object> terms, List<Object> all) {
    for (Object term : terms) {
      if (term instanceof List<?> inner) {
        flat(inner, all);
      } else if (term != null) {
        all.add(term);
      }
    }
  }

  // A text may name several, with commas, semicolons or, for directories, colons between.
  private static List<String> texts(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> items -> items.stream().flatMap(item -> texts(item).stream()).toList();
      default -> Stream.of(PythonText.of(value).split("[,;:]", -1)).map(String::strip).toList();
    };
  }

  private static List<String> paths(List<String> files, List<String> directories) {
    if (directories.isEmpty()) {
      return files;
    }
    List<String> all = new ArrayList<>();
    for (String directory : directories) {
      for (String file : files) {
        all.add(directory + "/" + file);
      }
    }
    return all;
  }

  /** A template file's text, evaluated. */
  static String template(String name, Arguments given, LookupScope scope) {
    Arguments options = given.bound("template_vars", "convert_data");
    String text =
        SearchPath.text(
            "template",
            name,
            "templates",
            "it looks in the templates directory beside the playbook, and beside it",
            scope);
    Map<String, @Nullable Object> more = new LinkedHashMap<>();
    if (options.get("template_vars") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> more.put(PythonText.of(key), value));
    }
    return scope.render(text, more);
  }
}
