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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
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

  /** One test for each of them; one that is listed as different has to be. */
  @TestFactory
  Stream<DynamicTest> expressionsConditionsAndTextsGiveWhatAnsibleGives() throws IOException {
    Set<String> listed = new HashSet<>();
    differences().forEach(one -> listed.addAll(one.of()));
    assertThat(Stream.of(expressions, conditions, texts).flatMap(List::stream)).containsAll(listed);
    return Stream.of(
            each("expressions", expressions, one -> templates.evaluate("{{ " + one + " }}", given)),
            each("conditions", conditions, one -> templates.condition(one, given)),
            each("texts", texts, one -> templates.evaluate(one, given)))
        .flatMap(tests -> tests)
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.what(), () -> check(one, !listed.contains(one.what()))));
  }

  @TestFactory
  Stream<DynamicTest> templateFilesBecomeWhatAnsibleMakesOfThem() {
    return files.entrySet().stream()
        .map(
            file ->
                new Compared(
                    file.getKey(),
                    answers.get("templates").get(file.getKey()),
                    () -> templates.render(file.getValue(), given)))
        .map(one -> DynamicTest.dynamicTest(one.what(), () -> check(one, true)));
  }

  private record Compared(String what, JsonNode theirs, Callable<Object> ours) {}

  private static Stream<Compared> each(
      String kind, List<String> all, Function<String, Object> evaluate) {
    return IntStream.range(0, all.size())
        .mapToObj(
            i ->
                new Compared(
                    all.get(i), answers.get(kind).get(i), () -> evaluate.apply(all.get(i))));
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

  private static void check(Compared compared, boolean same) throws Exception {
    String got;
    boolean equal;
    try {
      Object value = compared.ours().call();
      // Once through text, so that 1 and 1L are the same and 1 and 1.0 are not.
      JsonNode json = JSON.readTree(JSON.writeValueAsString(value));
      got = json.toString();
      equal = compared.theirs().has("value") && json.equals(compared.theirs().get("value"));
    } catch (BadInput e) {
      got = e.toString();
      equal = compared.theirs().has("error");
    }
    assertThat(equal).as("Ansible %s, edgefleet %s", compared.theirs(), got).isEqualTo(same);
  }
}
