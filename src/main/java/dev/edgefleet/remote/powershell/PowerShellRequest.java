package dev.edgefleet.remote.powershell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.OperationHeader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes to PowerShell's standard input: script, header with parameters, body. All ASCII. */
final class PowerShellRequest {
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final int LINE = 64 << 10;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private PowerShellRequest() {}

  static byte[] bytes(Operation<?> operation, OperationHeader header) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] script = PowerShellScript.text(operation.script()).getBytes(StandardCharsets.US_ASCII);
    line(Base64.getEncoder().encode(script), bytes);
    line(json(operation, header), bytes);
    byte[] body = operation.body();
    if (body.length > 0) {
      bytes.writeBytes(Base64.getMimeEncoder(LINE, LINE_END).encode(body));
      bytes.writeBytes(LINE_END);
    }
    return bytes.toByteArray();
  }

  private static byte[] json(Operation<?> operation, OperationHeader header) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("edgefleet", 1);
    request.put("operation", operation.script());
    request.put("run", header.run());
    request.put("step", header.step());
    request.put("lock", operation.changes() ? header.lock() : OperationHeader.NO_LOCK);
    request.put("parameters", operation.parameters());
    try {
      return JSON.writeValueAsBytes(request);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void line(byte[] content, ByteArrayOutputStream bytes) {
    bytes.writeBytes(content);
    bytes.writeBytes(LINE_END);
  }
}
