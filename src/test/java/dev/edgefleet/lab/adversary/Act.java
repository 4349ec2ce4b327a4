package dev.edgefleet.lab.adversary;

import java.util.List;

/**
 * A line of the adversary's log.
 *
 * @param time nanoseconds since 1970, by the device's clock, which is this machine's
 * @param error the system's number for what kept it from it; 0 when it was done
 */
record Act(long time, String what, int error, String directory, String name, String detail) {
  private static final List<String> ATTACKS = List.of("swap", "plant", "foresee");
  private static final int NOT_PERMITTED = 1;
  private static final int NO_ACCESS = 13;

  static Act of(String line) {
    String[] words = line.split("\t", -1);
    return new Act(
        Long.parseLong(words[0]),
        words[1],
        Integer.parseInt(words[2]),
        words[3],
        words[4],
        words[5]);
  }

  /** Something of its own came to be in place of the name. */
  boolean landed() {
    return error == 0 && ATTACKS.contains(what);
  }

  /** It was done, or the system forbids it; not so when it came too late. */
  boolean tried() {
    return landed() || (ATTACKS.contains(what) && (error == NOT_PERMITTED || error == NO_ACCESS));
  }

  Place place() {
    return new Place(directory, name);
  }

  /** A name in a directory. */
  record Place(String directory, String name) {
    static Place of(String path) {
      int slash = path.lastIndexOf('/');
      return new Place(slash == 0 ? "/" : path.substring(0, slash), path.substring(slash + 1));
    }

    /**
     * With a star for what is different each time: numbers in hexadecimal, times, random letters.
     */
    Place shape() {
      return new Place(
          directory,
          name.replaceAll("[0-9]{8}T[0-9]{6}Z", "*")
              .replaceAll("[0-9a-f]{8,}", "*")
              .replaceAll("(?<=[.-])(?=[A-Za-z0-9]*[A-Z0-9])[A-Za-z0-9]{6,}$", "*"));
    }
  }
}
