package dev.edgefleet.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
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

  /** Largest line, in characters: bodies come in lines of 64 KiB, values in one line. */
  private static final int LINE_LIMIT = 16 << 20;

  /**
   * @throws EOFException when the answer is not whole
   * @throws AnswerReader.TooLarge when the body is larger than {@link AnswerReader#BODY_LIMIT}
   */
  static PowerShellAnswer read(InputStream output, String nonce) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8), 1 << 16);
    String begin = nonce + " begin";
    String end = nonce + " end";
    String line = line(lines);
    while (!line.equals(begin)) {
      line = line(lines);
    }
    JsonNode head = JSON.readTree(line(lines));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (line = line(lines); !line.equals(end); line = line(lines)) {
      body.writeBytes(Base64.getDecoder().decode(line));
      if (body.size() > AnswerReader.BODY_LIMIT) {
        throw new AnswerReader.TooLarge();
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    head.path("values")
        .properties()
        .forEach(value -> values.put(value.getKey(), value.getValue().asText()));
    return new PowerShellAnswer(
        new Answer(values, body.toByteArray(), head.path("status").asInt(1)),
        Base64.getDecoder().decode(head.path("errors").asText("")));
  }

  private static String line(BufferedReader lines) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = lines.read();
      if (next < 0) {
        throw new EOFException("the answer ended before it was whole");
      }
      if (next == '\n') {
        return line.toString().strip();
      }
      line.append((char) next);
      if (line.length() > LINE_LIMIT) {
        throw new AnswerReader.TooLarge();
      }
    }
  }
}
