package dev.edgefleet.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A YAML reader that shares nothing with the one under test: libyaml through Python, of which the
 * daemon's parser is a port; SnakeYAML where there is no Python.
 */
public final class IndependentYaml {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final String SCRIPT =
      """
      import sys, json, yaml
      while True:
          size = sys.stdin.buffer.readline()
          if not size:
              break
          text = sys.stdin.buffer.read(int(size)).decode('utf-8')
          try:
              root = yaml.compose(text, Loader=yaml.CSafeLoader)
              keys = [k.value for k, v in root.value]
              answer = {'sections': keys.count('provisioning'),
                        'document': yaml.load(text, Loader=yaml.CSafeLoader)}
          except Exception as e:
              answer = {'error': str(e)}
          print(json.dumps(answer, default=str, skipkeys=True), flush=True)
      """;

  private final ObjectMapper json = new ObjectMapper();
  private final OutputStream questions;
  private final BufferedReader answers;

  private IndependentYaml(Process python) {
    this.questions = python.getOutputStream();
    this.answers = python.inputReader(StandardCharsets.UTF_8);
  }

  public static Reader start() throws IOException, InterruptedException {
    boolean libyaml =
        Files.isExecutable(PYTHON)
            && new ProcessBuilder(PYTHON.toString(), "-c", "import yaml; yaml.CSafeLoader('a: 1')")
                    .redirectErrorStream(true)
                    .start()
                    .waitFor()
                == 0;
    return libyaml
        ? new IndependentYaml(new ProcessBuilder(PYTHON.toString(), "-c", SCRIPT).start())::ask
        : IndependentYaml::askSnakeYaml;
  }

  /** Reads a whole file. */
  public interface Reader {
    /** Object with {@code sections} and {@code document}, or with {@code error}. */
    JsonNode read(byte[] yaml) throws IOException;
  }

  private JsonNode ask(byte[] yaml) throws IOException {
    questions.write((yaml.length + "\n").getBytes(StandardCharsets.US_ASCII));
    questions.write(yaml);
    questions.flush();
    return json.readTree(answers.readLine());
  }

  private static JsonNode askSnakeYaml(byte[] yaml) throws IOException {
    YAMLMapper mapper = new YAMLMapper();
    mapper.enable(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    try {
      JsonNode document = mapper.readTree(yaml);
      return mapper
          .createObjectNode()
          .put("sections", document.has("provisioning") ? 1 : 0)
          .set("document", document);
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      return mapper.createObjectNode().put("error", e.getOriginalMessage());
    }
  }
}
