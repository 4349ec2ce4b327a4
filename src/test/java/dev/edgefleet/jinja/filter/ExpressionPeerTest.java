package dev.edgefleet.jinja.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.edgefleet.Peer;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every expression and template of the corpus gives what Debian's Ansible gives. */
class ExpressionPeerTest {
  private static final Path CORPUS = Path.of("src/test/resources/template/peer");
  private static final JsonMapper JSON = new JsonMapper();

  private static Map<String, Object> variables;
  private static List<String> expressions;
  private static List<String> conditions;
  private static List<String> texts;
  private static Map<String, String> files;
  private static JsonNode answers;

  private final Templates templates = new Templates();
  private final Variables given = Variables.of(variables);

  record Difference(String reason, List<String> of) {}

  @BeforeAll
  static void askAnsible(@TempDir Path home) throws Exception {
    Path python = Peer.require("python3", "python3");
    Peer.requireFile(
        Path.of("/usr/lib/python3/dist-packages/ansible/template/__init__.py"), "ansible-core");
    variables = read("variables.yml", new TypeReference<Map<String, Object>>() {});
    Map<String, String> groups =
        read("expressions.yml", new TypeReference<LinkedHashMap<String, String>>() {});
    conditions = groups.remove("conditions").lines().toList();
    texts = groups.remove("texts").lines().toList();
    expressions = groups.values().stream().flatMap(String::lines).toList();
    files = new TreeMap<>();
    try (Stream<Path> found = Files.list(CORPUS.resolve("files"))) {
      for (Path file : found.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    Path settings = Files.createFile(home.resolve("ansible.cfg"));
    // Debian's Ansible belongs to Debian's Python, whatever comes first on the PATH.
    ProcessBuilder builder =
        new ProcessBuilder(
            Files.exists(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : python.toString(),
            CORPUS.resolve("evaluate.py").toString());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME",
                home.toString(),
                "PATH",
                "/usr/bin:/bin",
                "LC_ALL",
                String.valueOf(System.getenv("LC_ALL")),
                "PYTHONDONTWRITEBYTECODE",
                "1",
                "ANSIBLE_CONFIG",
                settings.toString(),
                "ANSIBLE_JINJA2_NATIVE",
                "True"));
    builder.redirectError(home.resolve("errors").toFile());
    Process process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(
          JSON.writeValueAsBytes(
              Map.of(
                  "variables", variables,
                  "expressions", expressions,
                  "conditions", conditions,
                  "texts", texts,
                  "templates", files)));
    }
    byte[] out = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).as(Files.readString(home.resolve("errors"))).isZero();
    answers = JSON.readTree(new String(out, StandardCharsets.UTF_8));
  }

  private static <T> T read(String file, TypeReference<T> type) throws IOException {
    return new YAMLMapper().readValue(CORPUS.resolve(file).toFile(), type);
  }

  private static List<Difference> differences() throws IOException {
    return read("differences.yml", new TypeReference<List<Difference>>() {});
  }

  @Test
  void theCorpusIsLarge() {
    assertThat(expressions).hasSizeGreaterThan(600);
    assertThat(files).hasSizeGreaterThan(30);
  }

  @Test
  void expressionsConditionsAndTextsGiveWhatAnsibleGives() throws Exception {
    Map<String, String> different = new LinkedHashMap<>();
    for (int i = 0; i < expressions.size(); i++) {
      String text = "{{ " + expressions.get(i) + " }}";
      compare(
          expressions.get(i),
          answers.get("expressions").get(i),
          () -> templates.evaluate(text, given),
          different);
    }
    for (int i = 0; i < conditions.size(); i++) {
      String condition = conditions.get(i);
      compare(
          condition,
          answers.get("conditions").get(i),
          () -> templates.condition(condition, given),
          different);
    }
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      compare(text, answers.get("texts").get(i), () -> templates.evaluate(text, given), different);
    }
    List<String> listed = new ArrayList<>();
    differences().forEach(one -> listed.addAll(one.of()));
    Map<String, String> unlisted = new LinkedHashMap<>(different);
    unlisted.keySet().removeAll(listed);
    assertThat(unlisted).isEmpty();
    assertThat(different.keySet()).as("listed and yet equal").containsAll(listed);
  }

  @Test
  void templateFilesBecomeWhatAnsibleMakesOfThem() throws Exception {
    Map<String, String> different = new LinkedHashMap<>();
    for (var file : files.entrySet()) {
      compare(
          file.getKey(),
          answers.get("templates").get(file.getKey()),
          () -> templates.render(file.getValue(), given),
          different);
    }
    assertThat(different).isEmpty();
  }

  @Test
  void theDocumentationListsTheDifferences() throws IOException {
    String page = Files.readString(Path.of("docs/expressions.md"));
    for (Difference difference : differences()) {
      assertThat(page).contains(difference.reason());
      difference.of().forEach(one -> assertThat(page).contains("`" + one + "`"));
    }
  }

  @Test
  void theDocumentationListsAllFiltersAndTests() throws IOException {
    String page = Files.readString(Path.of("docs/expressions.md"));
    Filters.names().forEach(name -> assertThat(page).contains("`" + name + "`"));
    Tests.names().forEach(name -> assertThat(page).contains("`" + name + "`"));
  }

  private static void compare(
      String what, JsonNode theirs, Callable<Object> ours, Map<String, String> different)
      throws Exception {
    String got;
    boolean equal;
    try {
      Object value = ours.call();
      // Once through text, so that 1 and 1L are the same and 1 and 1.0 are not.
      JsonNode json = JSON.readTree(JSON.writeValueAsString(value));
      got = json.toString();
      equal = theirs.has("value") && json.equals(theirs.get("value"));
    } catch (BadInput e) {
      got = e.toString();
      equal = theirs.has("error");
    }
    if (!equal) {
      different.put(what, "Ansible " + theirs + ", edgefleet " + got);
    }
  }
}
