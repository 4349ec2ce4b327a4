package dev.edgefleet.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.remote.file.WriteFile;
import dev.edgefleet.remote.program.Execution;
import dev.edgefleet.remote.program.RunCmdlet;
import dev.edgefleet.remote.program.RunProgram;
import dev.edgefleet.remote.service.ControlService;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Of which operations it is said that running again is safe. Both wires take what they say of a
 * lost answer from {@link NoAnswer}.
 */
class SecondTimeTest {
  /** Each compares what is there with what is wanted, in its script, before it changes anything. */
  private static final Set<String> LOOK_FIRST =
      Set.of(
          "MakeDirectory",
          "MakeLink",
          "PutFile",
          "SendFile",
          "WriteFile",
          "WriteFromPart",
          "ReceivePart",
          "SetAttributes",
          "SetTreeAttributes",
          "RemoveFile",
          "PruneBackups",
          "PruneJobs",
          "ControlService START",
          "ControlService STOP",
          "ControlService ENABLE",
          "ControlService DISABLE");

  @Test
  void onlyWhatLooksFirstIsCalledSafe() {
    List<String> safe = new ArrayList<>();
    int seen = 0;
    for (Class<?> type : operations()) {
      for (Operation<?> operation : samples(type)) {
        seen++;
        String said = said(operation);
        String name =
            type.getSimpleName()
                + (operation instanceof ControlService one ? " " + one.verb() : "");
        if (said.contains("safe") || said.contains("looks before")) {
          safe.add(name);
        }
        if (!operation.changes()) {
          assertThat(said).as(name).doesNotContain("safe", "not known");
        } else {
          assertThat(said).as(name).contains("not known").doesNotContain("nothing was changed");
        }
      }
    }
    assertThat(seen).isGreaterThan(LOOK_FIRST.size());
    assertThat(safe).containsExactlyInAnyOrderElementsOf(LOOK_FIRST);
  }

  /** A sentence of this kind that stands elsewhere is held by no test. */
  @Test
  void nobodyElseCallsItSafe() throws IOException {
    List<String> claims = new ArrayList<>();
    for (Path root : List.of(Path.of("src/main/java"), Path.of("src/main/resources"))) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file :
            files
                .filter(path -> path.toString().matches(".*\\.(java|sh|ps1|properties)"))
                .toList()) {
          String text = Files.readString(file);
          if (text.matches(
              "(?s).*(again is safe|safe to (run|repeat|do) (it )?again|done already is skipped"
                  + "|run again[^\"]*: it looks).*")) {
            claims.add(file.getFileName().toString());
          }
        }
      }
    }
    assertThat(claims).containsExactly("NoAnswer.java");
  }

  private static String said(Operation<?> operation) {
    return Stream.of(
            NoAnswer.unknown(operation, "why", null),
            NoAnswer.late(operation, "a second"),
            NoAnswer.lost(operation, new Unreachable("gone", "")),
            NoAnswer.nonsense(operation, new IllegalStateException("odd")))
        .map(failure -> failure.what() + " " + failure.remedy())
        .reduce("", (all, one) -> all + one + "\n");
  }

  private static List<Class<?>> operations() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.edgefleet")
            .stream()
            .filter(type -> type.isAssignableTo(Operation.class) && type.isRecord())
            .<Class<?>>map(JavaClass::reflect)
            .toList();
  }

  /** One for each constant of an enum among its components. */
  private static List<Operation<?>> samples(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Operation<?>> samples = new ArrayList<>();
    List<?> constants =
        Arrays.stream(components)
            .map(RecordComponent::getType)
            .filter(Class::isEnum)
            .findFirst()
            .<List<?>>map(one -> List.of(one.getEnumConstants()))
            .orElse(List.of(""));
    for (Object constant : constants) {
      samples.add((Operation<?>) record(type, constant));
    }
    return samples;
  }

  private static Object record(Class<?> type, Object constant) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(
          Arrays.stream(components).map(one -> sample(one.getType(), constant)).toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a sample of " + type + " is needed here", e);
    }
  }

  private static Object sample(Class<?> type, Object constant) {
    if (type.isEnum()) {
      return constant;
    }
    if (type.isAssignableFrom(RunProgram.class)) {
      return RunProgram.of("hostname");
    }
    if (type == WriteFile.class) {
      return WriteFile.of("/a", new byte[0]);
    }
    if (type == RunCmdlet.class) {
      return new RunCmdlet("Get-IoTEdge", "", List.of(), false);
    }
    return switch (type.getSimpleName()) {
      case "String" -> "/a";
      case "boolean" -> false;
      case "int" -> 1;
      case "long" -> 1L;
      case "byte[]" -> new byte[0];
      case "Optional" -> Optional.empty();
      case "Duration" -> Duration.ofSeconds(1);
      case "List" -> List.of("a");
      case "Map" -> Map.of();
      case "Execution" -> Execution.PLAIN;
      default ->
          type.isSealed()
              ? sample(type.getPermittedSubclasses()[0], constant)
              : record(type, constant);
    };
  }
}
