package dev.edgefleet.run;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.edgefleet.engine.step.UsedFiles;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.journal.Journal;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.key.PrivateFile;
import dev.edgefleet.journal.key.SealedFile;
import dev.edgefleet.journal.key.StoreKey;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.terminal.MaskedText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The files of the controller that a run uses: their hashes go into the journal, and what they held
 * is kept encrypted in {@code frozen/} beside it, so that a resumed run can say what has changed.
 */
public final class FrozenFiles implements UsedFiles {
  private static final int LARGEST_COPY = 1 << 20;
  private static final int CONTEXT_LINES = 2;
  private static final int MOST_LINES = 40;

  private final Path directory;
  private final Journal journal;
  private final StoreKey key;
  private final Map<String, String> known;
  private final Map<Path, Stamp> stamps = new ConcurrentHashMap<>();

  private record Stamp(FileTime modified, long size) {}

  /**
   * @param known hashes by path that are in the journal already
   */
  FrozenFiles(RunDirectory run, Journal journal, StoreKey key, Map<String, String> known) {
    this.directory = run.path().resolve("frozen");
    this.journal = journal;
    this.key = key;
    this.known = new ConcurrentHashMap<>(known);
  }

  @Override
  public void use(Path file) {
    Path path = file.toAbsolutePath().normalize();
    try {
      if (!Files.isRegularFile(path)) {
        return;
      }
      Stamp stamp = new Stamp(Files.getLastModifiedTime(path), Files.size(path));
      // Thousands of devices use the same file: a look at its time is all that most of them cost.
      if (stamp.equals(stamps.get(path))) {
        return;
      }
      use(path.toString(), Files.readAllBytes(path));
      stamps.put(path, stamp);
    } catch (IOException notReadable) {
      // Whoever wants to use it says so.
    }
  }

  /** As {@link #use(Path)} for what is no file, such as what an inventory program printed. */
  synchronized void use(String name, byte[] content) {
    String hash = SourceFile.sha256(content);
    if (hash.equals(known.get(name))) {
      return;
    }
    // What would not be shown anyway is not kept either, and least of all a key.
    if (content.length <= LARGEST_COPY && !isHidden(new String(content, StandardCharsets.UTF_8))) {
      keep(hash, content);
    }
    journal.append(new RunEvent.FileUsed(name, hash));
    known.put(name, hash);
  }

  private void keep(String hash, byte[] content) {
    Path copy = directory.resolve(hash);
    if (Files.exists(copy)) {
      return;
    }
    try {
      Files.createDirectories(directory, PrivateFile.DIRECTORY_MODE);
      SealedFile.write(copy, content, key);
    } catch (IOException e) {
      throw new BadInput(
          "cannot make " + directory + ": " + e.getMessage(),
          "free space, or choose another --runs");
    }
  }

  /**
   * What no longer is as it was when the run used it.
   *
   * @param used hashes by path, as the journal has them
   * @param made what is no file, by name, as it is now
   * @return one problem a file, with the difference where it can be shown
   */
  static List<Problem> drift(
      RunDirectory run,
      Map<String, String> used,
      Map<String, byte[]> made,
      StoreKey key,
      Redactor redactor) {
    List<Problem> problems = new ArrayList<>();
    used.forEach(
        (name, hash) -> {
          try {
            byte[] now =
                made.containsKey(name) ? made.get(name) : Files.readAllBytes(Path.of(name));
            if (now != null && !SourceFile.sha256(now).equals(hash)) {
              problems.add(
                  Problem.of(
                      name
                          + " has changed since the run used it"
                          + difference(run, hash, now, key, redactor),
                      "put it back as it was, begin a new run, or go on all the same with"
                          + " --accept-changes"));
            }
          } catch (IOException e) {
            problems.add(
                Problem.of(
                    name + " was used by the run and cannot be read any more",
                    "put it back, or go on all the same with --accept-changes"));
          }
        });
    return problems;
  }

  /**
   * Files that the run would be made from now and was not when it began.
   *
   * @param used hashes by path, as the journal has them
   */
  static List<Problem> added(Map<String, String> used, Collection<Path> now) {
    return now.stream()
        .map(file -> file.toAbsolutePath().normalize())
        .distinct()
        .filter(file -> !used.containsKey(file.toString()) && Files.isRegularFile(file))
        .map(
            file ->
                Problem.of(
                    file + " was not there when the run began",
                    "take it away, begin a new run, or go on all the same with --accept-changes"))
        .toList();
  }

  private static boolean isHidden(String content) {
    return content.contains("PRIVATE KEY") || Vault.isEnvelope(content);
  }

  /** Of a run that is over nothing has to be compared any more. */
  public static void delete(RunDirectory run) {
    Path directory = run.path().resolve("frozen");
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> copies = Files.list(directory)) {
      for (Path copy : copies.toList()) {
        Files.delete(copy);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new BadInput(
          "cannot remove " + directory + ": " + e.getMessage(),
          "remove it by hand; it is not needed");
    }
  }

  private static String difference(
      RunDirectory run, String hash, byte[] now, StoreKey key, Redactor redactor)
      throws IOException {
    Path copy = run.path().resolve("frozen").resolve(hash);
    String is = new String(now, StandardCharsets.UTF_8);
    if (!Files.exists(copy) || isHidden(is)) {
      return "";
    }
    String was = new String(SealedFile.read(copy, key), StandardCharsets.UTF_8);
    // Passwords of the inventory are not known yet, and the old ones never will be.
    Redactor both = redactor.forOne();
    List<String> then = MaskedText.of(was, both);
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(
            "then", "now", then, DiffUtils.diff(then, MaskedText.of(is, both)), CONTEXT_LINES);
    if (diff.isEmpty()) {
      return ", in lines that may hold secrets and are not shown";
    }
    StringBuilder text = new StringBuilder(":");
    diff.stream()
        .limit(MOST_LINES)
        .forEach(line -> text.append("\n      ").append(both.redact(line)));
    return text.toString();
  }
}
