package dev.edgefleet.edge.module;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Version of the installed runtime, as {@code iotedge version} prints it.
 *
 * @param numbers such as 1, 0, 9, 5
 */
public record IotEdgeVersion(List<Integer> numbers) implements Comparable<IotEdgeVersion> {
  /** The first whose daemon knows manual provisioning with X.509. */
  public static final IotEdgeVersion MANUAL_X509 = new IotEdgeVersion(List.of(1, 0, 10));

  /** The first that is configured in TOML, elsewhere. */
  public static final IotEdgeVersion TOML = new IotEdgeVersion(List.of(1, 2));

  private static final Pattern FORM =
      Pattern.compile("(?:^|\\s)([0-9]{1,5}(?:\\.[0-9]{1,5}){1,4})");

  /** From {@code iotedge 1.0.6.1 (sha)} or the bare number. */
  public static Optional<IotEdgeVersion> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.find()
        ? Optional.of(
            new IotEdgeVersion(
                Arrays.stream(form.group(1).split("\\.", -1)).map(Integer::valueOf).toList()))
        : Optional.empty();
  }

  @Override
  public int compareTo(IotEdgeVersion other) {
    for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
      int difference = Integer.compare(part(i), other.part(i));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private int part(int index) {
    return index < numbers.size() ? numbers.get(index) : 0;
  }

  @Override
  public String toString() {
    return String.join(".", numbers.stream().map(String::valueOf).toList());
  }
}
