package dev.edgefleet.simulator.windows.operation;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgefleet.simulator.windows.OperationFailed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** What an operation answers: values, body, what a program printed on standard error. */
public final class WireAnswer {
  private static final int LINE = 48 * 1024;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final ObjectNode values = JSON.createObjectNode();
  private byte[] body = new byte[0];
  private byte[] errors = new byte[0];
  private int status;

  WireAnswer add(String name, String value) {
    values.put(name, value);
    return this;
  }

  WireAnswer add(String name, boolean value) {
    return add(name, Boolean.toString(value));
  }

  WireAnswer add(String name, long value) {
    return add(name, Long.toString(value));
  }

  WireAnswer body(byte[] bytes) {
    body = bytes;
    return this;
  }

  WireAnswer errors(byte[] bytes) {
    errors = bytes;
    return this;
  }

  public void fail(OperationFailed failure) {
    status = 1;
    add("error", failure.word());
    add("detail", failure.detail());
  }

  public void write(String nonce, OutputStream out) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("status", status);
    line.set("values", values);
    if (errors.length > 0) {
      line.put("errors", Base64.getEncoder().encodeToString(errors));
    }
    write(out, nonce + " begin\n" + JSON.writeValueAsString(line) + "\n");
    for (int at = 0; at < body.length; at += LINE) {
      byte[] part = Arrays.copyOfRange(body, at, Math.min(body.length, at + LINE));
      write(out, Base64.getEncoder().encodeToString(part) + "\n");
    }
    write(out, nonce + " end\n");
    out.flush();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
