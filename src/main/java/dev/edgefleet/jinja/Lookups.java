package dev.edgefleet.jinja;

import dev.edgefleet.failure.Nearest;
import dev.edgefleet.jinja.filter.TextFilters;
import dev.edgefleet.jinja.python.PythonText;
import dev.edgefleet.jinja.python.TextMethods;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.MutableList;
import dev.edgefleet.jinja.value.Undefined;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code lookup(name, ...)} and {@code query(name, ...)}: values of the controller. */
final class Lookups {
  static final List<String> NAMES = List.of("env", "file", "vars");
  private static final String PREFIX = "ansible.builtin.";

  private final Evaluation evaluation;

  Lookups(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  static String checked(String name) {
    String plain = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    if (!NAMES.contains(plain)) {
      throw new TemplateError("there is no lookup '" + name + "'", Nearest.remedy(plain, NAMES));
    }
    return plain;
  }

  /** All values in a list. */
  List<@Nullable Object> query(Arguments arguments) {
    if (arguments.positional().isEmpty()
        || !(arguments.positional().getFirst() instanceof String given)) {
      throw new TemplateError("a lookup needs its name", "write it as in lookup('env', 'HOME')");
    }
    String name = checked(given);
    List<? extends @Nullable Object> terms =
        arguments.positional().subList(1, arguments.positional().size());
    Map<String, @Nullable Object> options = new LinkedHashMap<>(arguments.named());
    options.remove("wantlist");
    Arguments named = new Arguments("the lookup '" + name + "'", List.of(), options);
    List<@Nullable Object> result = new MutableList();
    for (Object term : terms) {
      String one = TextFilters.text(JinjaValues.defined(term), named);
      result.add(
          switch (name) {
            case "env" -> environment(one, named.bound("default"));
            case "file" -> file(one, named.bound("lstrip", "rstrip"));
            default -> variable(one, named.bound("default"));
          });
    }
    return result;
  }

  /** Texts joined by commas; a single value as it is. */
  @Nullable Object lookup(Arguments arguments) {
    List<@Nullable Object> all = query(arguments);
    if (arguments.named().containsKey("wantlist")
        && JinjaValues.truth(arguments.named().get("wantlist"))) {
      return all;
    }
    if (all.stream().allMatch(one -> one instanceof String)) {
      return TextMethods.joined(",", all.stream().map(PythonText::of).toList());
    }
    return all.size() == 1 ? all.getFirst() : all;
  }

  private static @Nullable Object environment(String name, Arguments arguments) {
    String value = System.getenv(name);
    return value == null ? arguments.get("default", "") : value;
  }

  private @Nullable Object variable(String name, Arguments arguments) {
    Optional<Variables.Value> found = evaluation.lookUp(name);
    if (found.isPresent()) {
      return found.get().value();
    }
    return arguments.has("default") ? arguments.get("default") : Undefined.named(name);
  }

  private String file(String name, Arguments arguments) {
    Path file =
        candidates(name)
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(
                () ->
                    new TemplateError(
                        "the lookup 'file' finds no file '" + name + "'",
                        "it looks beside the playbook and in its files folder"));
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

  private Stream<Path> candidates(String name) {
    try {
      Path given = Path.of(name);
      if (given.isAbsolute()) {
        return Stream.of(given);
      }
      List<Path> candidates = new ArrayList<>();
      evaluation
          .lookUp("playbook_dir")
          .map(found -> PythonText.of(found.value()))
          .ifPresent(
              folder -> {
                candidates.add(Path.of(folder, "files", name));
                candidates.add(Path.of(folder, name));
              });
      candidates.add(given);
      return candidates.stream();
    } catch (InvalidPathException e) {
      return Stream.empty();
    }
  }
}
