package dev.edgefleet.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.JournalQuery;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.key.SealedFile;
import dev.edgefleet.journal.key.StoreKey;
import dev.edgefleet.progress.FollowUpCommand;
import dev.edgefleet.run.recorded.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The command line that a run was begun with, encrypted beside its journal: it may hold secrets.
 *
 * @param words as they were typed
 * @param directory the working directory, which relative paths are relative to
 */
public record RequestFile(List<String> words, @JsonProperty("folder") String directory) {
  static final String FILE = "request";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static void write(Path runDirectory, List<String> words, StoreKey key) {
    try {
      byte[] bytes =
          MAPPER.writeValueAsBytes(new RequestFile(words, Path.of("").toAbsolutePath().toString()));
      SealedFile.write(runDirectory.resolve(FILE), bytes, key);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts that cannot be written as JSON", e);
    }
  }

  /**
   * @throws BadInput when the run cannot be repeated, or not from here
   */
  public static RequestFile read(RunDirectory run, StoreKey key) {
    Path file = run.path().resolve(FILE);
    if (!Files.exists(file)) {
      throw new BadInput(
          "run " + run.id() + " cannot be taken up again: it was not begun with 'edgefleet run'",
          "begin a new one");
    }
    if (isOfDemo(run)) {
      throw new BadInput(
          "run " + run.id() + " was a demo: its devices and its keys are gone with it",
          "begin another one: edgefleet demo");
    }
    try {
      RequestFile request = MAPPER.readValue(SealedFile.read(file, key), RequestFile.class);
      request.checkDirectory(run);
      return request;
    } catch (IOException e) {
      throw new BadInput(
          "the command line of run " + run.id() + " cannot be read", "begin a new run");
    }
  }

  private static boolean isOfDemo(RunDirectory run) {
    return RunJournal.reading(
        run.path(),
        () ->
            JournalQuery.framed(run.path(), List.of()).stream()
                .anyMatch(
                    entry ->
                        entry.event() instanceof RunEvent.RunStarted started
                            && FollowUpCommand.isDemo(started.command())));
  }

  private void checkDirectory(RunDirectory run) {
    Path here = Path.of("").toAbsolutePath();
    if (!here.toString().equals(directory)) {
      throw new BadInput(
          "run "
              + run.id()
              + " was begun in "
              + directory
              + ", and its paths are relative to that directory",
          "cd " + directory + ", then the same again");
    }
  }

  /** Never shows the words. */
  @Override
  public String toString() {
    return "RequestFile[" + directory + "]";
  }
}
