package dev.edgefleet.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.key.SealedFile;
import dev.edgefleet.journal.key.StoreKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What was answered to a run's prompts, encrypted beside its journal: a resumed run asks nobody.
 */
public final class AnswersFile {
  static final String FILE = "answers";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private AnswersFile() {}

  static void write(Path runDirectory, PromptAnswers answers, StoreKey key) {
    if (answers.values().isEmpty()) {
      return;
    }
    try {
      SealedFile.write(runDirectory.resolve(FILE), MAPPER.writeValueAsBytes(answers.values()), key);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts that cannot be written as JSON", e);
    }
  }

  /** Of a run that is over nobody needs them any more. */
  public static void delete(Path runDirectory) {
    try {
      Files.deleteIfExists(runDirectory.resolve(FILE));
    } catch (IOException e) {
      throw new BadInput(
          "cannot remove " + runDirectory.resolve(FILE) + ": " + e.getMessage(),
          "remove it by hand; it is not needed");
    }
  }

  /**
   * @throws BadInput when they cannot be read
   */
  static PromptAnswers read(Path runDirectory, StoreKey key) {
    Path file = runDirectory.resolve(FILE);
    if (!Files.exists(file)) {
      return PromptAnswers.NONE;
    }
    try {
      return new PromptAnswers(
          MAPPER.readValue(
              SealedFile.read(file, key), new TypeReference<Map<String, String>>() {}));
    } catch (IOException e) {
      throw new BadInput("the answers in " + file + " cannot be read", "begin a new run");
    }
  }
}
