package dev.edgefleet.remote.sh;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.remote.OctalText;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.OperationHeader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What asks a worker for one operation: header, program where it has not got it, parameters, body.
 */
final class ShRequest {
  private static final Pattern NAME = Pattern.compile("[a-z0-9_]+");

  private ShRequest() {}

  /**
   * @param mark frames the answer; nobody but the worker gets to know it
   * @param token stands in names that the operation makes
   * @param program what the worker has to run first; empty when it has all that it needs
   */
  static byte[] bytes(
      Operation<?> operation, OperationHeader header, String mark, String token, String program) {
    Map<String, String> parameters = operation.parameters();
    byte[] body = operation.body();
    StringBuilder head =
        new StringBuilder("\nedgefleet2 ")
            .append(mark)
            .append(' ')
            .append(token)
            .append(' ')
            .append(ShScript.word(operation.script()))
            .append(' ')
            .append(word(header.run()))
            .append(' ')
            .append(word(header.step()))
            .append(' ')
            .append(word(operation.changes() ? header.lock() : OperationHeader.NO_LOCK))
            .append(' ')
            .append(parameters.size())
            .append(' ')
            .append(program.length())
            .append(' ')
            .append(body.length)
            .append('\n')
            .append(program);
    parameters.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a parameter's name: " + name);
          }
          if (value.indexOf('\0') >= 0) {
            throw new BadInput(
                "the " + name + " given to " + operation.script() + " contains a NUL character",
                "no path, name or argument on Linux can hold one: remove it");
          }
          head.append(name).append(' ').append(OctalText.encode(value)).append('\n');
        });
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length);
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private static String word(String text) {
    return text.isEmpty() ? "-" : OctalText.encode(text);
  }
}
