package dev.edgefleet.remote;

import dev.edgefleet.failure.BadInput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** What goes to a script's standard input: header, parameters, body. */
final class Request {
  private static final Pattern NAME = Pattern.compile("[a-z0-9_]+");

  private Request() {}

  static byte[] bytes(Operation<?> operation, OperationHeader header) {
    Map<String, String> parameters = operation.parameters();
    byte[] body = operation.body();
    StringBuilder head =
        new StringBuilder("edgefleet 1 ")
            .append(operation.script())
            .append(' ')
            .append(word(header.run()))
            .append(' ')
            .append(word(header.step()))
            .append(' ')
            .append(word(operation.changes() ? header.lock() : OperationHeader.NO_LOCK))
            .append(' ')
            .append(parameters.size())
            .append(' ')
            .append(body.length)
            .append('\n');
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
