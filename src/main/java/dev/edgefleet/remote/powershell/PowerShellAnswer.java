package dev.edgefleet.remote.powershell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.BodyLimits;
import dev.edgefleet.remote.wire.Answer;
import dev.edgefleet.remote.wire.AnswerMeter;
import dev.edgefleet.remote.wire.AnswerNonsense;
import dev.edgefleet.remote.wire.AnswerTooLarge;
import dev.edgefleet.remote.wire.BodyBuffer;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a script printed between its two marks.
 *
 * @param answer values, body and status
 * @param errors what a program that it ran printed on standard error
 */
record PowerShellAnswer(Answer answer, byte[] errors) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Largest line with values and errors, in characters. */
  private static final int HEAD_LIMIT = 4 << 20;

  /** Largest other line: bodies come in lines of 64 KiB, 88 of base64. */
  private static final int LINE_LIMIT = 128 << 10;

  /**
   * @throws EOFException when the answer is not whole
   * @throws AnswerTooLarge when it passes a bound
   * @throws AnswerNonsense when it is not what a script answers
   */
  static PowerShellAnswer read(
      InputStream output, String nonce, BodyLimits limits, AnswerBudget.Share share)
      throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8), 1 << 16);
    String begin = nonce + " begin";
    String end = nonce + " end";
    long noise = 0;
    for (String line = line(lines, LINE_LIMIT);
        !line.equals(begin);
        line = line(lines, LINE_LIMIT)) {
      noise += line.length() + 1;
      if (noise > Answer.NOISE_LIMIT) {
        throw new AnswerTooLarge(Answer.NOISE_LIMIT);
      }
    }
    JsonNode head =
        head(line(lines, HEAD_LIMIT, new AnswerMeter(share, Answer.VALUES_TIMES_HELD)::count));
    BodyBuffer body = new BodyBuffer(limits, share);
    for (String line = line(lines, LINE_LIMIT); !line.equals(end); line = line(lines, LINE_LIMIT)) {
      byte[] piece = decoded(line);
      body.write(piece, piece.length);
    }
    Map<String, String> values = new LinkedHashMap<>();
    head.path("values")
        .properties()
        .forEach(value -> values.put(value.getKey(), value.getValue().asText()));
    return new PowerShellAnswer(
        new Answer(values, body.toBytes(), body.size(), head.path("status").asInt(1)),
        decoded(head.path("errors").asText("")));
  }

  private static JsonNode head(String line) throws IOException {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AnswerNonsense("its values are no JSON");
    }
  }

  private static byte[] decoded(String base64) throws IOException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new AnswerNonsense("a line of its body is no base64");
    }
  }

  private static String line(BufferedReader lines, int limit) throws IOException {
    return line(lines, limit, () -> {});
  }

  /** Told of each character. */
  private interface Meter {
    void count() throws AnswerBudget.Exhausted;
  }

  private static String line(BufferedReader lines, int limit, Meter meter) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = lines.read();
      if (next < 0) {
        throw new EOFException("the answer ended before it was whole");
      }
      if (next == '\n') {
        return line.toString().strip();
      }
      meter.count();
      line.append((char) next);
      if (line.length() > limit) {
        throw new AnswerTooLarge(limit);
      }
    }
  }
}
