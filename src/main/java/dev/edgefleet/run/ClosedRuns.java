package dev.edgefleet.run;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.io.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What looks like a run and is not opened: directories of other users, and links.
 *
 * @param owners of the directories that this user may not look into, by the run's id
 * @param links by their names
 */
public record ClosedRuns(Path runs, Map<String, String> owners, Set<String> links) {
  /** Those of a directory of runs; one that is not there has none. */
  public static ClosedRuns in(Path runs) {
    ClosedRuns closed = new ClosedRuns(runs, new TreeMap<>(), new TreeSet<>());
    RunDirectory.entries(runs).forEach(closed::look);
    return closed;
  }

  private void look(Path entry) {
    String name = entry.getFileName().toString();
    if (!RunDirectory.isId(name)) {
      return;
    }
    if (Files.isSymbolicLink(entry)) {
      links.add(name);
    } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && !Files.isExecutable(entry)) {
      owners.put(name, owner(entry));
    }
  }

  private static String owner(Path entry) {
    try {
      return Ownership.name(entry);
    } catch (IOException gone) {
      return "somebody else";
    }
  }

  /**
   * @param name of a run, or the beginning of it
   * @throws BadInput when that is one of these
   */
  void refuse(String name) {
    for (String link : links) {
      if (link.startsWith(name)) {
        throw new BadInput(
            runs.resolve(link) + " is a link, which is not followed",
            "name the directory of runs that it leads to with --runs DIR");
      }
    }
    owners.forEach(
        (run, owner) -> {
          if (run.startsWith(name)) {
            throw new BadInput(
                "run " + run + " belongs to " + owner + ", and you may not look into it",
                "do it as " + owner);
          }
        });
  }

  /**
   * @throws BadInput when there are runs of other users
   */
  void refuseAll() {
    if (!owners.isEmpty()) {
      throw new BadInput(
          "you may look into none of the runs in " + runs + ": they belong to " + names(),
          "do it as their owner, or name another directory with --runs DIR");
    }
  }

  /** One sentence for whoever lists runs; empty when all that belongs to others can be read. */
  public String sentence() {
    return owners.isEmpty()
        ? ""
        : (owners.size() == 1
                ? "One more run belongs to "
                : owners.size() + " more runs belong to ")
            + names()
            + " and cannot be read.";
  }

  private String names() {
    return String.join(", ", new TreeSet<>(owners.values()));
  }
}
