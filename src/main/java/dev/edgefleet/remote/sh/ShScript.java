package dev.edgefleet.remote.sh;

import dev.edgefleet.text.ShellQuoting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The program text of operations, from {@code remote/linux} on the class path. In a script a line
 * {@code #use NAME} wants the functions of {@code lib/NAME.sh}, which a worker is sent once. A line
 * {@code #+ NAME} stands for the text of {@code parts/NAME.sh}; {@code #+ VARIABLE=NAME} gives that
 * text to a variable, for another shell to run.
 *
 * @param name of the operation, such as {@code write-file}
 * @param libraries what it uses, in order
 * @param function the operation itself: {@code op_write_file() { … }}
 */
record ShScript(String name, List<String> libraries, String function) {
  private static final String USE = "#use ";
  private static final String PART = "#+ ";
  private static final ConcurrentHashMap<String, ShScript> SCRIPTS = new ConcurrentHashMap<>();
  private static final ConcurrentHashMap<String, String> LIBRARIES = new ConcurrentHashMap<>();

  ShScript {
    libraries = List.copyOf(libraries);
  }

  /** The script of an operation. */
  static ShScript of(String operation) {
    return SCRIPTS.computeIfAbsent(operation, ShScript::read);
  }

  /** The functions of a library, without comments. */
  static String library(String name) {
    return LIBRARIES.computeIfAbsent(name, lib -> withoutComments(load("lib/" + lib)));
  }

  /** How the header and the function name the operation. */
  static String word(String operation) {
    return operation.replace('-', '_');
  }

  private static ShScript read(String operation) {
    List<String> libraries = new ArrayList<>();
    load(operation)
        .lines()
        .filter(line -> line.startsWith(USE))
        .map(line -> line.substring(USE.length()).strip())
        .forEach(libraries::add);
    return new ShScript(
        operation,
        libraries,
        "op_" + word(operation) + "() {\n" + withoutComments(source(operation)) + "}\n");
  }

  /** As it stands in its file, with its parts in place. */
  static String source(String name) {
    return load(name)
        .lines()
        .map(line -> line.startsWith(PART) ? part(line.substring(PART.length())) : line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String part(String wanted) {
    int equals = wanted.indexOf('=');
    String text = source("parts/" + wanted.substring(equals + 1));
    return equals < 0
        ? text
        : wanted.substring(0, equals + 1) + ShellQuoting.quote(withoutComments(text).strip());
  }

  private static String withoutComments(String source) {
    return source
        .lines()
        .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String load(String name) {
    String resource = "/remote/linux/" + name + ".sh";
    try (InputStream in = ShScript.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no such script: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
