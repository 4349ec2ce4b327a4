package dev.edgefleet.action;

import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code edgefleet doc} says of an action besides its parameters, which tell of themselves.
 *
 * @param summary one sentence, without the action's name
 * @param notes what a user has to know; each one sentence or two
 * @param examples tasks that can be pasted into a playbook
 * @param returns what {@code register} keeps beside changed, failed, skipped and msg
 */
public record Documentation(
    String summary, List<String> notes, List<Example> examples, List<Return> returns) {
  /**
   * @param yaml one or more tasks, as they would stand under {@code tasks:} without indentation
   */
  public record Example(String title, String yaml) {}

  /**
   * @param type of the value: text, number, truth, list or mapping
   */
  public record Return(String name, String type, String meaning) {}

  public static Documentation of(String summary) {
    return new Documentation(summary, List.of(), List.of(), List.of());
  }

  public Documentation note(String text) {
    return new Documentation(summary, with(notes, text), examples, returns);
  }

  public Documentation example(String title, String yaml) {
    return new Documentation(summary, notes, with(examples, new Example(title, yaml)), returns);
  }

  public Documentation returning(String name, String type, String meaning) {
    return new Documentation(
        summary, notes, examples, with(returns, new Return(name, type, meaning)));
  }

  /**
   * What is told of a certificate.
   *
   * @param missing when it is not there
   */
  public Documentation returningCertificate(String missing) {
    return returning(
            "certificate_subject", "text", "subject of the certificate; missing " + missing)
        .returning("certificate_sha1", "text", "its SHA-1 thumbprint, 40 upper-case hex digits")
        .returning("certificate_sha256", "text", "its SHA-256 thumbprint, 64 upper-case hex digits")
        .returning("certificate_not_before", "text", "when it begins, as 2026-01-31T00:00:00Z")
        .returning("certificate_not_after", "text", "when it ends");
  }

  private static <T> List<T> with(List<T> list, T item) {
    return Stream.concat(list.stream(), Stream.of(item)).toList();
  }
}
