package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.value.Tuple;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters of paths; none looks at a disk. */
final class PathFilters {
  private PathFilters() {}

  static void addTo(Map<String, Filter> all) {
    all.put("basename", (v, a, r) -> base(text(v, a)));
    all.put("dirname", (v, a, r) -> directory(text(v, a)));
    all.put("splitext", (v, a, r) -> extension(text(v, a)));
    all.put("path_join", (v, a, r) -> joined(v, a));
    all.put(
        "relpath",
        (v, a, r) ->
            Path.of(a.bound("start!").text("start"))
                .normalize()
                .relativize(Path.of(TextFilters.text(v, a)).normalize())
                .toString());
    all.put("win_basename", (v, a, r) -> windowsParts(text(v, a))[2]);
    all.put("win_dirname", (v, a, r) -> windowsDirectory(text(v, a)));
    all.put(
        "win_splitdrive",
        (v, a, r) -> {
          String[] parts = windowsParts(text(v, a));
          return Tuple.of(parts[0], parts[1] + parts[2]);
        });
  }

  private static String text(@Nullable Object value, Arguments arguments) {
    arguments.bound();
    return TextFilters.text(value, arguments);
  }

  private static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String directory(String path) {
    String head = path.substring(0, path.lastIndexOf('/') + 1);
    return head.matches("/*") ? head : head.replaceAll("/+$", "");
  }

  private static Tuple extension(String path) {
    int start = path.lastIndexOf('/') + 1;
    int dot = path.lastIndexOf('.');
    int name = start;
    while (name < path.length() && path.charAt(name) == '.') {
      name++;
    }
    return dot < name ? Tuple.of(path, "") : Tuple.of(path.substring(0, dot), path.substring(dot));
  }

  private static Object joined(@Nullable Object value, Arguments arguments) {
    arguments.bound();
    if (value instanceof String one) {
      return one;
    }
    if (!(value instanceof List<?> parts)) {
      throw new TemplateError("path_join needs a list of texts", "give a list");
    }
    StringBuilder path = new StringBuilder();
    for (Object part : parts) {
      String one = TextFilters.text(part, arguments);
      if (one.startsWith("/")) {
        path.setLength(0);
      } else if (!path.isEmpty() && path.charAt(path.length() - 1) != '/') {
        path.append('/');
      }
      path.append(one);
    }
    return path.toString();
  }

  // Drive or share, directory with its separators, last name.
  private static String[] windowsParts(String path) {
    int drive = path.length() >= 2 && path.charAt(1) == ':' ? 2 : share(path.replace('/', '\\'));
    int name = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1;
    int last = Math.max(name, drive);
    return new String[] {
      path.substring(0, drive), path.substring(drive, last), path.substring(last)
    };
  }

  private static int share(String path) {
    if (!path.startsWith("\\\\") || path.startsWith("\\\\\\")) {
      return 0;
    }
    int server = path.indexOf('\\', 2);
    int end = server < 0 ? -1 : path.indexOf('\\', server + 1);
    return server < 0 ? 0 : end < 0 ? path.length() : end;
  }

  private static String windowsDirectory(String path) {
    String[] parts = windowsParts(path);
    String directory = parts[1].replaceAll("[\\\\/]+$", "");
    return parts[0] + (directory.isEmpty() ? parts[1] : directory);
  }
}
