package dev.edgefleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names that only their authors understood stay gone: the field's own words are used. */
class NamesTest {
  private static final Set<String> GONE =
      Set.of(
          "BatchControl",
          "BatchView",
          "Cell",
          "ChanceFilters",
          "DeviceLink",
          "DevicePast",
          "Enrolment",
          "Errand",
          "Exchange",
          "Given",
          "GoOn",
          "Harmless",
          "Kept",
          "LeftToTry",
          "Link",
          "Links",
          "LocalList",
          "LookAround",
          "LookAtEflow",
          "LookAtJob",
          "MagicNames",
          "Moment",
          "NotAll",
          "OpenLinks",
          "Owed",
          "Owes",
          "OwnVariables",
          "Pace",
          "Past",
          "PastStep",
          "Reach",
          "Standing",
          "Tally",
          "Trail",
          "Use",
          "Wanted",
          "Within",
          "Wording",
          "Written");

  @Test
  void noClassHasAPrivateName() {
    assertThat(
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.edgefleet")
                    .stream()
                    .filter(found -> !found.isAnonymousClass() && !found.isLocalClass())
                    .filter(found -> isTopLevelOrPublic(found))
                    .map(JavaClass::getSimpleName)
                    .filter(GONE::contains))
        .isEmpty();
  }

  private static boolean isTopLevelOrPublic(JavaClass found) {
    return found.isTopLevelClass() || found.getModifiers().contains(JavaModifier.PUBLIC);
  }

  /** As operators, shells and Ansible say. */
  @Test
  void aDirectoryIsNoFolder() {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(Path.of("src/main/java"))) {
      files = tree.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // What stands in quotes is a word of the wire or of a playbook.
    assertThat(files.stream().filter(NamesTest::saysFolder)).isEmpty();
  }

  private static boolean saysFolder(Path file) {
    try {
      return Files.readString(file)
          .replaceAll("\"[A-Za-z_-]*\"|demo_folder|foreign-folder", "")
          .toLowerCase(Locale.ROOT)
          .contains("folder");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
