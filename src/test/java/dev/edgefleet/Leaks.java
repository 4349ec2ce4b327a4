package dev.edgefleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.edgefleet.secret.SecretForms;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for texts in bytes, in every form in which they travel. It shares no code with what masks
 * them.
 */
final class Leaks {
  private final Map<String, Set<String>> needles = new LinkedHashMap<>();

  /**
   * @param texts by the name that a finding gets
   */
  Leaks(Map<String, String> texts) throws JsonProcessingException {
    for (Map.Entry<String, String> text : texts.entrySet()) {
      needles.put(text.getKey(), forms(text.getValue()));
    }
  }

  /** The names of the texts that are there, each with the form it was found in. */
  List<String> in(byte[] content) {
    // One character a byte, so that every byte of a database or a log can be looked at.
    String all = new String(content, StandardCharsets.ISO_8859_1);
    List<String> found = new ArrayList<>();
    needles.forEach(
        (name, forms) ->
            forms.stream()
                .filter(form -> all.contains(bytes(form)))
                .findFirst()
                .ifPresent(form -> found.add(name + " as " + form)));
    return found;
  }

  /** Plain forms, one a line, for {@code grep -F}. */
  String patterns() {
    return needles.values().stream()
        .flatMap(Set::stream)
        .filter(form -> form.indexOf('\n') < 0)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String bytes(String form) {
    return new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static Set<String> forms(String text) throws JsonProcessingException {
    Set<String> forms = new LinkedHashSet<>();
    for (Map.Entry<String, String> form : SecretForms.of(text).entrySet()) {
      // Those have neighbours of their own around the text.
      if (!form.getKey().contains("after")
          && !form.getKey().startsWith("base64")
          && !form.getKey().contains("in more")) {
        forms.add(form.getValue());
      }
    }
    // What encoders put around a text is not part of it.
    forms.addAll(forms.stream().map(Leaks::unquoted).toList());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // Without the characters that hold bits of a neighbour.
      String own =
          encoded.substring((before * Byte.SIZE + 5) / 6, (before + bytes.length) * Byte.SIZE / 6);
      forms.add(own);
      forms.add(own.replace('+', '-').replace('/', '_'));
    }
    Stream.of(text.split("\n", -1)).filter(line -> line.length() >= 16).forEach(forms::add);
    forms.removeIf(form -> form.length() < 6);
    return forms;
  }

  private static String unquoted(String form) {
    for (String quote : Arrays.asList("\"\\\\\\\"", "\"\\\"", "\"", "'")) {
      String end = new StringBuilder(quote).reverse().toString();
      if (form.startsWith(quote) && form.length() > 2 * quote.length()) {
        String inner = form.substring(quote.length());
        return inner.substring(0, Math.max(0, inner.length() - end.length()));
      }
    }
    return form;
  }
}
