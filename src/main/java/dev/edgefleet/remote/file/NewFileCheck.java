package dev.edgefleet.remote.file;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program on the device that has to accept a new file before it takes the old one's place.
 *
 * @param words program and arguments; the new file's path comes into one of them
 * @param at index of that word
 * @param before what stands in it before the path
 * @param after what stands in it behind the path
 * @param environment variables of the program
 * @param limit longest that it may take
 */
public record NewFileCheck(
    List<String> words,
    int at,
    String before,
    String after,
    Map<String, String> environment,
    Duration limit) {
  public NewFileCheck {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  void addTo(Map<String, String> parameters) {
    for (int i = 0; i < words.size(); i++) {
      parameters.put("valid" + (i + 1), words.get(i));
    }
    parameters.put("valid_at", String.valueOf(at + 1));
    parameters.put("valid_before", before);
    parameters.put("valid_after", after);
    parameters.put("valid_seconds", String.valueOf(Math.max(1, limit.toSeconds())));
    int count = 1;
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      parameters.put("valid_env" + count++, variable.getKey() + "=" + variable.getValue());
    }
  }
}
