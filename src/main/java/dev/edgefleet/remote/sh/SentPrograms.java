package dev.edgefleet.remote.sh;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.wire.Nonce;
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

  /**
   * What nearly every run asks for: it goes with the first request, for loading costs a process
   * each.
   */
  private static final List<String> USUAL = List.of("stat", "write-file", "run-command");

  private final Set<String> sent = new HashSet<>();

  /** The bytes that ask for an operation; in front of the first stands the worker's own program. */
  byte[] request(Operation<?> operation, OperationHeader header, String mark) {
    if (!sent.add(FRAME)) {
      String program = missing(operation.script(), locks(operation, header)).stripTrailing();
      return ShRequest.bytes(operation, header, mark, Nonce.make(), program);
    }
    StringBuilder program = new StringBuilder(ShScript.library(FRAME));
    program.append(missing(operation.script(), locks(operation, header)));
    USUAL.forEach(usual -> program.append(missing(usual, List.of())));
    String whole = program + "serve";
    byte[] opening = (whole.length() + "\n" + whole).getBytes(StandardCharsets.US_ASCII);
    byte[] request = ShRequest.bytes(operation, header, mark, Nonce.make(), "");
    byte[] all = Arrays.copyOf(opening, opening.length + request.length);
    System.arraycopy(request, 0, all, opening.length, request.length);
    return all;
  }

  private static List<String> locks(Operation<?> operation, OperationHeader header) {
    return operation.changes() && !header.lock().equals(OperationHeader.NO_LOCK) ? LOCK : List.of();
  }

  private String missing(String operation, List<String> more) {
    ShScript script = ShScript.of(operation);
    List<String> libraries = new ArrayList<>(script.libraries());
    libraries.addAll(more);
    StringBuilder text = new StringBuilder();
    for (String library : libraries) {
      if (sent.add(library)) {
        text.append(ShScript.library(library));
      }
    }
    if (sent.add("op " + script.name())) {
      text.append(script.function());
    }
    return text.toString();
  }
}
