package dev.edgefleet.report.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * The steps of many devices, as a page holds them until somebody looks: a JSON list of HTML texts,
 * with gzip, in base64. A browser unpacks one pack and draws one of its devices.
 */
final class PackedSteps {
  // Small enough that opening a device shows no wait, large enough that gzip finds what repeats.
  private static final int DEVICES = 100;

  private static final ObjectMapper JSON = new ObjectMapper();

  private PackedSteps() {}

  /** One pack after the other; device {@code n} from 0 is in pack {@code n / size}. */
  static List<String> of(List<String> drawn) {
    List<String> packs = new ArrayList<>();
    for (int from = 0; from < drawn.size(); from += DEVICES) {
      packs.add(pack(drawn.subList(from, Math.min(from + DEVICES, drawn.size()))));
    }
    return packs;
  }

  /** Where the device at this place is: {@code pack.place}. */
  static String place(int at) {
    return at / DEVICES + "." + at % DEVICES;
  }

  private static String pack(List<String> drawn) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(JSON.writeValueAsString(drawn).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Every text is a JSON text", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
