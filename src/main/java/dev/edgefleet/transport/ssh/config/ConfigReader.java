package dev.edgefleet.transport.ssh.config;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Reads an ssh_config file with all that it includes, and collects every mistake in them. */
final class ConfigReader {
  private static final int DEEPEST_INCLUDE = 16;
  // What may stand between a keyword and its value: blanks, and one equals sign.
  private static final Pattern LINE = Pattern.compile("\\s*([^\\s=\"]+)\\s*=?\\s*(.*?)\\s*");
  private static final Set<String> ALONE = Set.of("all", "final", "canonical");
  private static final Set<String> WITH_ARGUMENT =
      Set.of("host", "originalhost", "user", "localuser", "exec");

  private final Path directory;
  private final Path home;
  private final boolean ownersOnly;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> ignoreUnknown = new ArrayList<>();

  private ConfigReader(Path directory, Path home, boolean ownersOnly) {
    this.directory = directory;
    this.home = home;
    this.ownersOnly = ownersOnly;
  }

  /**
   * Reads a file.
   *
   * @param file what to read; one that does not exist is empty
   * @param directory where relative names of included files are looked up
   * @param ownersOnly whether a file that others may write to is refused: it can name commands
   * @throws BadInput with every mistake found
   */
  static ConfigFile read(Path file, Path directory, Path home, boolean ownersOnly) {
    ConfigReader reader = new ConfigReader(directory, home, ownersOnly);
    ConfigFile result = reader.file(file, 0);
    if (!reader.problems.isEmpty()) {
      throw new BadInput(reader.problems);
    }
    return result;
  }

  private ConfigFile file(Path file, int depth) {
    List<ConfigLine> lines = new ArrayList<>();
    try {
      List<String> texts =
          Arrays.asList(Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1));
      if (ownersOnly) {
        checkOwner(file);
      }
      for (int i = 0; i < texts.size(); i++) {
        String text =
            new String(texts.get(i).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        Matcher parts = LINE.matcher(text);
        if (parts.matches() && !parts.group(1).startsWith("#")) {
          Place place = new Place(file.toString(), i + 1, parts.start(1) + 1);
          try {
            line(parts.group(1), parts.group(2), Source.in(place), depth, lines);
          } catch (BadInput e) {
            problems.addAll(e.problems());
          }
        }
      }
    } catch (NoSuchFileException absent) {
      return ConfigFile.EMPTY;
    } catch (IOException e) {
      problems.add(
          Problem.of(
              "the ssh configuration " + file + " cannot be read",
              "make it readable for the user who runs edgefleet, or name another one with"
                  + " --ssh-config"));
    }
    return new ConfigFile(List.copyOf(lines));
  }

  private void checkOwner(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    PosixFileAttributes attributes = view.readAttributes();
    String owner = attributes.owner().getName();
    boolean foreign = !owner.equals("root") && !owner.equals(System.getProperty("user.name"));
    if (foreign
        || attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
        || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
      problems.add(
          Problem.of(
              "others than you may write to the ssh configuration " + file,
              "make it yours alone: chown " + System.getProperty("user.name") + " and chmod go-w"));
    }
  }

  private void line(String word, String rest, Source source, int depth, List<ConfigLine> lines) {
    switch (word.toLowerCase(Locale.ROOT)) {
      case "host" -> {
        List<String> patterns = Settings.words(rest, source);
        if (patterns.isEmpty()) {
          throw source.error("Host names no pattern", "name one, such as Host *");
        }
        lines.add(new ConfigLine.Host(patterns));
      }
      case "match" -> lines.add(new ConfigLine.Match(criteria(rest, source), source));
      case "include" -> lines.add(include(rest, source, depth));
      case "ignoreunknown" ->
          Settings.words(rest, source)
              .forEach(list -> ignoreUnknown.addAll(Arrays.asList(list.split(",", -1))));
      default -> Settings.read(word, rest, source, ignoreUnknown).ifPresent(lines::add);
    }
  }

  private static List<ConfigLine.Criterion> criteria(String rest, Source source) {
    List<String> words = new ArrayList<>();
    for (String word : Settings.words(rest, source)) {
      // As in `Match host=name`.
      int equals = word.indexOf('=');
      if (equals > 0 && words.size() % 2 == 0) {
        words.addAll(List.of(word.substring(0, equals), word.substring(equals + 1)));
      } else {
        words.add(word);
      }
    }
    List<ConfigLine.Criterion> result = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      boolean negated = words.get(i).startsWith("!");
      String kind = words.get(i).substring(negated ? 1 : 0).toLowerCase(Locale.ROOT);
      if (ALONE.contains(kind)) {
        result.add(new ConfigLine.Criterion(negated, kind, ""));
      } else if (!WITH_ARGUMENT.contains(kind)) {
        throw source.error(
            "Match has an unknown criterion '" + words.get(i) + "'",
            "known are all, final, canonical, host, originalhost, user and localuser");
      } else if (++i == words.size()) {
        throw source.error("Match " + kind + " has no pattern", "name one");
      } else {
        result.add(new ConfigLine.Criterion(negated, kind, words.get(i)));
      }
    }
    checkAll(result, source);
    return result;
  }

  private static void checkAll(List<ConfigLine.Criterion> criteria, Source source) {
    if (criteria.isEmpty()) {
      throw source.error("Match names no criterion", "write Match all, or Match host NAME");
    }
    boolean all = criteria.stream().anyMatch(one -> one.kind().equals("all"));
    boolean others = criteria.stream().anyMatch(one -> WITH_ARGUMENT.contains(one.kind()));
    if (all && others) {
      throw source.error("Match all stands beside other criteria", "remove one or the other");
    }
  }

  private ConfigLine include(String rest, Source source, int depth) {
    List<String> patterns = Settings.words(rest, source);
    if (patterns.isEmpty()) {
      throw source.error("Include names no file", "name one");
    }
    if (depth == DEEPEST_INCLUDE) {
      throw source.error("files include each other more than 16 deep", "remove the circle");
    }
    List<ConfigFile> files = new ArrayList<>();
    for (String pattern : patterns) {
      Path path =
          directory.resolve(
              pattern.replaceFirst("^~(?=/)", Matcher.quoteReplacement(home.toString())));
      for (Path file : expand(path, source)) {
        files.add(file(file, depth + 1));
      }
    }
    return new ConfigLine.Include(files);
  }

  /** The files that a path with wildcards in any of its parts describes, in order of name. */
  private static List<Path> expand(Path path, Source source) {
    Path root = path.getRoot();
    List<Path> found = List.of(root == null ? Path.of("") : root);
    for (Path part : path) {
      List<Path> next = new ArrayList<>();
      for (Path directory : found) {
        if (part.toString().matches(".*[*?\\[].*")) {
          next.addAll(children(directory, part.toString(), source));
        } else if (Files.exists(directory.resolve(part))) {
          next.add(directory.resolve(part));
        }
      }
      found = next;
    }
    return found;
  }

  private static List<Path> children(Path directory, String glob, Source source) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
      // As in a shell, a wildcard finds no hidden file.
      return StreamSupport.stream(entries.spliterator(), false)
          .filter(entry -> glob.startsWith(".") || !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw source.error("the directory " + directory + " cannot be read", "make it readable");
    }
  }
}
