package dev.edgefleet.journal.fold;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message taken apart into what it says and the particulars it says it of: two devices' messages
 * have the same {@link #shape()} when they differ in nothing but names, addresses, paths and
 * hashes.
 *
 * @param message as it was
 * @param frame the text between the particulars, with a word in place of each
 * @param kinds what each particular is, in order
 * @param particulars in order; a path with the device's name in it has a word in its place
 */
public record FailureSignature(
    String message, List<String> frame, List<String> kinds, List<String> particulars) {
  private static final List<String> KINDS =
      List.of("device", "time", "address", "path", "number", "hash");

  public static FailureSignature of(String device, String message) {
    // A name counts only as a whole word: a device "a" is not in "as".
    String name = "(?<![\\w-])" + Pattern.quote(device) + "(?![\\w-])";
    // A short number is a cause of its own: exit codes, ports.
    Pattern pattern =
        Pattern.compile(
            """
            (?<device>%s)\
            |(?<time>\\b(?:\\d{4}-\\d\\d-\\d\\d[T ])?\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z?\\b\
            |(?<=since |for )\\d+ (?:seconds|minutes|hours|days)\\b)\
            |(?<address>\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b|\\b(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}\\b)\
            |(?<path>(?<![\\w.:/])~?/[^\\s"'`,;:()]*[^\\s"'`,;:().])\
            |(?<number>\\b\\d{5,}\\b)\
            |(?<hash>\\bSHA256:[A-Za-z0-9+/=]+|\\b(?=[0-9a-fA-F]*\\d)[0-9a-fA-F]{8,}\\b)"""
                .formatted(name));
    Matcher matcher = pattern.matcher(message);
    List<String> frame = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    List<String> particulars = new ArrayList<>();
    int end = 0;
    while (matcher.find()) {
      frame.add(message.substring(end, matcher.start()));
      String kind = kind(matcher);
      kinds.add(kind);
      particulars.add(
          kind.equals("path") ? matcher.group().replaceAll(name, "‹device›") : matcher.group());
      end = matcher.end();
    }
    frame.add(message.substring(end));
    return new FailureSignature(message, frame, kinds, particulars);
  }

  private static String kind(MatchResult match) {
    return KINDS.stream().filter(kind -> match.group(kind) != null).findFirst().orElseThrow();
  }

  /** What it says, whatever it says it of. */
  public record Shape(List<String> frame, List<String> kinds) {}

  public Shape shape() {
    return new Shape(frame, kinds);
  }

  /**
   * The message all of these share: particulars that are the same in all stay, others become a word
   * in angle quotes.
   *
   * @param wordings at least one, all of one shape
   */
  public static String common(List<FailureSignature> wordings) {
    FailureSignature first = wordings.getFirst();
    if (wordings.stream().allMatch(w -> w.message.equals(first.message))) {
      return first.message;
    }
    StringBuilder text = new StringBuilder(first.frame.getFirst());
    for (int at = 0; at < first.kinds.size(); at++) {
      int place = at;
      boolean same =
          wordings.stream().map(w -> w.particulars.get(place)).distinct().limit(2).count() == 1;
      text.append(same ? first.particulars.get(at) : "‹" + first.kinds.get(at) + "›");
      text.append(first.frame.get(at + 1));
    }
    return text.toString();
  }
}
