package dev.edgefleet.remote;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a worker was sent of the program text, each piece once: with the first request that needs
 * it.
 */
final class SentPrograms {
  private static final String FRAME = "frame";

  /** What an operation needs beside its own that takes the device's lock. */
  private static final List<String> LOCK = List.of("names", "state", "lock");

  private final Set<String> sent = new HashSet<>();

  /** The bytes that ask for an operation; in front of the first stands the worker's own program. */
  byte[] request(Operation<?> operation, OperationHeader header, String mark) {
    boolean first = sent.add(FRAME);
    String program = missing(operation, header);
    if (!first) {
      return Request.bytes(operation, header, mark, Worker.nonce(), program);
    }
    String whole = Script.library(FRAME) + program + "\nserve";
    byte[] opening = (whole.length() + "\n" + whole).getBytes(StandardCharsets.US_ASCII);
    byte[] request = Request.bytes(operation, header, mark, Worker.nonce(), "");
    byte[] all = Arrays.copyOf(opening, opening.length + request.length);
    System.arraycopy(request, 0, all, opening.length, request.length);
    return all;
  }

  private String missing(Operation<?> operation, OperationHeader header) {
    Script script = Script.of(operation.script());
    List<String> libraries = new ArrayList<>(script.libraries());
    if (operation.changes() && !header.lock().equals(OperationHeader.NO_LOCK)) {
      libraries.addAll(LOCK);
    }
    StringBuilder text = new StringBuilder();
    for (String library : libraries) {
      if (sent.add(library)) {
        text.append(Script.library(library));
      }
    }
    if (sent.add("op " + script.name())) {
      text.append(script.function());
    }
    return text.toString().stripTrailing();
  }
}
