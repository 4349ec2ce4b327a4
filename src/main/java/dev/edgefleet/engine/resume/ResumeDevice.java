package dev.edgefleet.engine.resume;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a device at its end in a play, as a resumed run needs it.
 *
 * @param play number of the play
 * @param facts by name, without {@code ansible_}
 * @param included what {@code include_vars} read
 * @param results registered results and what {@code set_fact} set
 * @param secrets values that are secret to it
 */
public record ResumeDevice(
    int play,
    Map<String, @Nullable Object> facts,
    Map<String, @Nullable Object> included,
    Map<String, @Nullable Object> results,
    List<String> secrets) {
  public Map<String, @Nullable Object> asMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("play", (long) play);
    map.put("facts", facts);
    map.put("included", ResumeText.withSecrets(included));
    map.put("results", results);
    map.put("secrets", secrets);
    return map;
  }

  static ResumeDevice of(Map<String, @Nullable Object> map) {
    return new ResumeDevice(
        map.get("play") instanceof Number play ? play.intValue() : 0,
        ResumeText.map(map, "facts"),
        ResumeText.secretsIn(ResumeText.map(map, "included")),
        ResumeText.map(map, "results"),
        ResumeText.texts(map, "secrets"));
  }
}
