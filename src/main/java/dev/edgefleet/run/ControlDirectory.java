package dev.edgefleet.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgefleet.engine.wave.OperatorCommands;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.io.AtomicFile;
import dev.edgefleet.io.Ownership;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.key.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one process says something to another that works on a run: a file for each word, written
 * whole and renamed into {@code control/} in the run's directory, which is its owner's alone. What
 * another user put there, or a link to, is not heard.
 *
 * @param run its id
 */
public record ControlDirectory(String run, Path directory) implements OperatorCommands {
  private static final Logger LOG = LoggerFactory.getLogger(ControlDirectory.class);
  private static final JsonMapper MAPPER =
      JsonMapper.builder().addMixIn(Command.class, Named.class).build();

  private static final int LONGEST = 1 << 20;

  /**
   * What a file holds.
   *
   * @param run id of the run it was said of
   */
  private record Said(String run, Command word) {}

  /** Their names in the files. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "what")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Command.Approve.class, name = "approve"),
    @JsonSubTypes.Type(value = Command.Pause.class, name = "pause"),
    @JsonSubTypes.Type(value = Command.Continue.class, name = "continue"),
    @JsonSubTypes.Type(value = Command.Abort.class, name = "abort"),
  })
  private interface Named {}

  public static ControlDirectory of(RunDirectory run) {
    return new ControlDirectory(run.id(), run.path().resolve("control"));
  }

  /** Says something to whoever works on the run, or will. */
  public void say(Command word) {
    try {
      Files.createDirectories(directory, PrivateFile.DIRECTORY_MODE);
      // Time first, so that words are heard in the order in which they were said.
      AtomicFile.replace(
          directory.resolve(Instant.now().toEpochMilli() + "-" + UUID.randomUUID() + ".json"),
          MAPPER.writeValueAsBytes(new Said(run, word)));
    } catch (IOException e) {
      throw new BadInput(
          "cannot write to " + directory + ": " + e.getMessage(),
          "do it as the user who began the run");
    }
  }

  /** Whether something was said that nobody has heard. */
  boolean isWaiting() {
    return !files().isEmpty();
  }

  /** The consent to what is asked that nobody has heard yet. */
  public Optional<Command.Approve> unheard(RunEvent.ApprovalAsked asked) {
    return files().stream()
        .flatMap(file -> read(file).stream())
        .filter(Command.Approve.class::isInstance)
        .map(Command.Approve.class::cast)
        .filter(word -> word.play() == asked.play() && word.wave() == asked.wave())
        .findFirst();
  }

  private Optional<Command> read(Path file) {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      Ownership owner = Ownership.of(file);
      if (!owner.isPlainFile() || !owner.isMine()) {
        LOG.warn("not heard, for it is a link, or another user's: {}", file);
        return Optional.empty();
      }
      Said said = MAPPER.readValue(in.readNBytes(LONGEST), Said.class);
      if (!said.run().equals(run)) {
        LOG.warn("not heard, for it was said of run {}: {}", said.run(), file);
        return Optional.empty();
      }
      return Optional.of(said.word());
    } catch (IOException notOurs) {
      LOG.warn("a word of the operator that cannot be read: {}", file);
      return Optional.empty();
    }
  }

  @Override
  public List<Command> take() {
    List<Command> words = new ArrayList<>();
    for (Path file : files()) {
      read(file).ifPresent(words::add);
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        LOG.warn("cannot remove {}", file, e);
      }
    }
    return words;
  }

  private boolean isOwn() {
    try {
      Ownership owner = Ownership.of(directory);
      boolean own = owner.isDirectory() && owner.isMine() && !owner.isOpenToOthers();
      if (!own) {
        LOG.warn("nothing in {} is heard: others may write there", directory);
      }
      return own;
    } catch (IOException e) {
      LOG.warn("cannot look at {}", directory, e);
      return false;
    }
  }

  private List<Path> files() {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS) || !isOwn()) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(path -> path.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      LOG.warn("cannot look into {}", directory, e);
      return List.of();
    }
  }
}
