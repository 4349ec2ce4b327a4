package dev.edgefleet.action.control;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.parameter.Param;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code include_vars}: reads variables of this device from files of the controller. */
public final class IncludeVarsAction implements Action<IncludeVarsAction.Parameters> {
  private static final List<String> EXTENSIONS = List.of("yaml", "yml", "json");

  /** Parameters of {@code include_vars}. */
  public record Parameters(
      @Param(value = "YAML or JSON file with a mapping of variables.", freeForm = true)
          Optional<String> file,
      @Param("A directory whose files are all read, by name; instead of file.")
          Optional<String> dir,
      @Param("A variable that gets all of them as a mapping.") Optional<String> name,
      @Param(value = "How many levels of dir are read; 0 for all.", byDefault = "0") int depth,
      @Param("Of dir only files in whose name this regular expression is found.")
          Optional<String> filesMatching,
      @Param("Of dir no files whose name ends with one of these regular expressions.")
          List<String> ignoreFiles,
      @Param("What the names of files in dir end with; yaml, yml and json without it.")
          List<String> extensions,
      @Param(value = "Pass over files in dir that end otherwise.", byDefault = "false")
          boolean ignoreUnknownExtensions) {
    public Parameters {
      if (file.isPresent() == dir.isPresent()) {
        throw new BadInput("include_vars needs either 'file' or 'dir'", "give one of them");
      }
      filesMatching.ifPresent(text -> pattern("files_matching", text));
      ignoreFiles.forEach(text -> pattern("ignore_files", text));
    }

    private static Pattern pattern(String parameter, String text) {
      try {
        return Pattern.compile(text);
      } catch (PatternSyntaxException e) {
        throw new BadInput(
            "'" + parameter + "' is no regular expression: " + text,
            "put a backslash before characters that stand for themselves");
      }
    }

    private boolean wants(String fileName) {
      return filesMatching.map(text -> Pattern.compile(text).matcher(fileName).find()).orElse(true)
          && ignoreFiles.stream()
              .noneMatch(text -> Pattern.compile(text + "$").matcher(fileName).find());
    }

    private boolean isKnown(String fileName) {
      String extension = fileName.substring(fileName.lastIndexOf('.') + 1);
      return (extensions.isEmpty() ? EXTENSIONS : extensions).contains(extension);
    }
  }

  @Override
  public String name() {
    return "include_vars";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Reads variables of this device from files of the controller.")
        .note(
            "They are stronger than the variables of play, block and task, and weaker than those of"
                + " register and set_fact. They last for the run, and their values may hold Jinja.")
        .note(
            "A relative name is looked for in vars/ beside the playbook, then where copy looks. Vaulted"
                + " files and values open as everywhere.")
        .example(
            "What differs by site",
            """
            - include_vars: "sites/{{ site }}.yml"
              when: site is defined
            """)
        .returning("ansible_included_var_files", "list", "the files that were read, in order");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    List<Path> files =
        wanted.dir().isPresent()
            ? tree(find(wanted.dir().get(), context), wanted)
            : List.of(find(wanted.file().orElseThrow(), context));
    Map<String, @Nullable Object> read = new LinkedHashMap<>();
    files.forEach(file -> read.putAll(context.variables(file)));
    Map<String, @Nullable Object> named =
        wanted.name().isPresent() ? Map.of(wanted.name().get(), read) : read;
    return Outcome.ok("read " + (files.size() == 1 ? files.getFirst() : files.size() + " files"))
        .withIncluded(named)
        .withValues(
            Map.of(
                "ansible_facts",
                named,
                "ansible_included_var_files",
                files.stream().map(Path::toString).toList()));
  }

  private static Path find(String name, ActionContext context) {
    if (Path.of(name).isAbsolute()) {
      return context.controllerFile(name);
    }
    try {
      return context.controllerFile("vars/" + name);
    } catch (BadInput inVars) {
      return context.controllerFile(name);
    }
  }

  private static List<Path> tree(Path directory, Parameters wanted) {
    int depth = wanted.depth() > 0 ? wanted.depth() : Integer.MAX_VALUE;
    try (Stream<Path> walk = Files.walk(directory, depth, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> files = new ArrayList<>();
      for (Path file :
          walk.filter(Files::isRegularFile).sorted(IncludeVarsAction::byDirectory).toList()) {
        String name = String.valueOf(file.getFileName());
        if (!wanted.wants(name)) {
          continue;
        }
        if (wanted.isKnown(name)) {
          files.add(file);
        } else if (!wanted.ignoreUnknownExtensions()) {
          throw new BadInput(
              file + " does not end as a file of variables does",
              "take it away, name its ending in extensions, or set ignore_unknown_extensions");
        }
      }
      return files;
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new BadInput(
          "cannot read the directory " + directory + ": " + e.getMessage(),
          "check that it is one, and its permissions");
    }
  }

  private static int byDirectory(Path one, Path other) {
    int directories = String.valueOf(one.getParent()).compareTo(String.valueOf(other.getParent()));
    return directories != 0
        ? directories
        : String.valueOf(one.getFileName()).compareTo(String.valueOf(other.getFileName()));
  }
}
