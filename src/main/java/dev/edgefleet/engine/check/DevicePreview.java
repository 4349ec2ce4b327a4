package dev.edgefleet.engine.check;

import dev.edgefleet.action.TaskPreview;
import dev.edgefleet.engine.step.ControllerFiles;
import dev.edgefleet.engine.step.Evaluator;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.yaml.YamlNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One task, and one turn of its loop, on one device. */
final class DevicePreview implements TaskPreview {
  private final PreviewedTask of;
  private final String device;
  private final Evaluator values;
  private final boolean certain;
  private final List<FileFinding> problems = new ArrayList<>();
  private final List<FileFinding> warnings = new ArrayList<>();

  /**
   * @param certain whether the task is known to run there; else only what needs no evaluation is
   *     looked at
   */
  DevicePreview(PreviewedTask of, String device, Evaluator values, boolean certain) {
    this.of = of;
    this.device = device;
    this.values = values;
    this.certain = certain;
  }

  List<FileFinding> problems() {
    return problems;
  }

  List<FileFinding> warnings() {
    return warnings;
  }

  @Override
  public String device() {
    return device;
  }

  @Override
  public boolean gives(String parameter) {
    YamlNode node = of.given().get(parameter);
    if (node == null) {
      return false;
    }
    try {
      return value(node).isPresent();
    } catch (BadInput knownOnlyInTheRun) {
      return true;
    }
  }

  @Override
  public Optional<String> text(String parameter) {
    YamlNode node = of.given().get(parameter);
    if (node == null) {
      return of.byDefault(parameter);
    }
    try {
      return literal(node.value()) || certain ? value(node) : Optional.empty();
    } catch (BadInput knownOnlyInTheRun) {
      return Optional.empty();
    }
  }

  private Optional<String> value(YamlNode node) {
    return Optional.ofNullable(values.withoutOmitted(node.value()))
        .map(value -> value instanceof Boolean truth ? truth.toString() : Templates.text(value));
  }

  private static boolean literal(@Nullable Object value) {
    return !(value instanceof String text) || !text.contains("{");
  }

  @Override
  public Optional<Path> file(String parameter, String... names) {
    ControllerFiles files = of.files();
    Optional<BadInput> missing = Optional.empty();
    for (String name : names) {
      try {
        Path file = files.find(name);
        if (!Files.isReadable(file)) {
          tell(
              parameter,
              Problem.at(
                  Place.whole(file.toString()),
                  "it cannot be read",
                  "give yourself permission to read it"));
          return Optional.empty();
        }
        return Optional.of(file);
      } catch (BadInput e) {
        missing = Optional.of(e);
      }
    }
    missing.ifPresent(e -> tell(parameter, e));
    return Optional.empty();
  }

  @Override
  public byte[] content(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      return of.vault().opened(text).orElse(bytes);
    } catch (IOException e) {
      throw new BadInput(
          "the controller's file " + file + " cannot be read: " + e.getMessage(),
          "see that it is a file, and that you may read it");
    }
  }

  @Override
  public void look(String parameter, Runnable look) {
    try {
      look.run();
    } catch (BadInput e) {
      tell(parameter, e);
    }
  }

  @Override
  public void lookOnce(String parameter, Path file, Runnable look) {
    if (of.seen().add(file)) {
      look(parameter, look);
    }
  }

  @Override
  public void warn(String parameter, Path file, String sentence) {
    warnings.add(
        new FileFinding(
            device, of.place(parameter), Problem.at(Place.whole(file.toString()), sentence, "")));
  }

  @Override
  public void parse(Path file, String template) {
    try {
      Templates.freeInFile(template);
    } catch (BadInput e) {
      throw e.at(Place.whole(file.toString()));
    }
  }

  private void tell(String parameter, BadInput wrong) {
    wrong.at(of.place(parameter)).problems().forEach(problem -> tell(parameter, problem));
  }

  private void tell(String parameter, Problem problem) {
    FileFinding finding = new FileFinding(device, of.place(parameter), problem);
    // The same file may be named by two parameters.
    if (!problems.contains(finding)) {
      problems.add(finding);
    }
  }
}
