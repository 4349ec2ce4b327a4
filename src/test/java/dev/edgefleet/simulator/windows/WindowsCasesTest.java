package dev.edgefleet.simulator.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.edgefleet.simulator.windows.edge.ConfigTemplate;
import dev.edgefleet.simulator.windows.edge.EflowMachine;
import dev.edgefleet.simulator.windows.edge.IotEdgeCmdlets;
import dev.edgefleet.simulator.windows.operation.DirectoryOperations;
import dev.edgefleet.simulator.windows.operation.ServiceOperations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every row of the case tables for Windows, against the simulated device. */
class WindowsCasesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CASE = "C:/case";
  private static final String STATE = "C:/ProgramData/edgefleet";

  @TempDir Path directories;

  @Test
  void everyOperationOfTheDeviceHasATable() throws Exception {
    try (WindowsDevice device = WindowsDevice.create("WIN-EDGE01", directories.resolve("d"))) {
      assertThat(device.operations()).isEqualTo(Set.copyOf(RemoteScripts.operations()));
    }
  }

  @TestFactory
  Stream<DynamicTest> cases() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String operation : RemoteScripts.operations()) {
      for (WindowsCase row : table(operation)) {
        String name = operation + "/" + row.name();
        tests.add(dynamicTest(name, () -> check(name, operation, row)));
      }
    }
    return tests.stream();
  }

  private static List<WindowsCase> table(String operation) {
    String resource = "/remote/windows/" + operation + ".cases.yaml";
    try (InputStream in = WindowsCasesTest.class.getResourceAsStream(resource)) {
      assertThat(in).as(resource).isNotNull();
      return new YAMLMapper().readValue(in, new TypeReference<List<WindowsCase>>() {});
    } catch (IOException e) {
      throw new IllegalStateException(resource + ": " + e.getMessage(), e);
    }
  }

  private static void check(String name, String operation, WindowsCase row) throws Exception {
    Path directory = Files.createTempDirectory("edgefleet-windows");
    try (WindowsDevice device = WindowsDevice.create("WIN-EDGE01", directory)) {
      Files.createDirectories(device.file(CASE));
      prepare(device, row);
      Map<String, Seen> before = look(device);
      byte[] body = body(row);
      Map<String, String> parameters = new LinkedHashMap<>();
      row.parameters().forEach((key, value) -> parameters.put(key, here(value)));
      if (operation.equals("write-file")) {
        parameters.putIfAbsent("sha256", ScriptNotation.sha256(body));
      }
      WireClient client = new WireClient(device, "r", row.step(), row.lock());
      WireClient.Answered answered = client.perform(operation, parameters, body);
      checkAnswer(row.result(), answered);
      if (row.result().error() == null) {
        OperationRecords.read(operation, answered.values(), answered.body());
      }
      checkFiles(row, before, look(device));
      checkDevice(device, row.deviceAfter());
    } catch (AssertionError e) {
      throw new AssertionError(name + ": " + e.getMessage(), e);
    } finally {
      DirectoryOperations.removeTree(directory);
    }
  }

  /** The case's directory in place of {@code @}. */
  private static String here(String text) {
    return text.equals("@") ? CASE : text.replace("@/", CASE + "/");
  }

  private static Path file(WindowsDevice device, String path) {
    if (path.startsWith("C:/") || path.startsWith("vm:")) {
      return path.startsWith("vm:")
          ? device.directory().resolve("eflow-vm" + path.substring(3))
          : device.file(path);
    }
    return device.file(path.startsWith("state/") ? STATE + path.substring(5) : CASE + "/" + path);
  }

  private static void prepare(WindowsDevice device, WindowsCase row) throws IOException {
    WindowsCase.Device wanted = row.before().device();
    DeviceModel model = device.model();
    if (wanted != null) {
      if (wanted.build() != null) {
        model.build(wanted.build());
      }
      if (wanted.architecture() != null) {
        model.architecture(wanted.architecture());
      }
      if (wanted.installed() != null) {
        Path programs = Files.createDirectories(device.file(IotEdgeCmdlets.PROGRAMS));
        Files.writeString(programs.resolve("config.yaml"), ConfigTemplate.delivered());
        model.installed(wanted.installed());
        model.addService(ServiceOperations.DAEMON);
        model.addService(ServiceOperations.MOBY).start();
      }
      for (Map.Entry<String, String> entry : wanted.services().entrySet()) {
        WindowsService service = model.addService(entry.getKey());
        switch (entry.getValue()) {
          case "running" -> service.start();
          case "stopped" -> service.stop(0);
          case "disabled" -> service.startMode(WindowsService.StartMode.DISABLED);
          default -> service.stop(Integer.parseInt(entry.getValue()));
        }
      }
      wanted.traits().forEach((trait, on) -> model.set(Trait.valueOf(trait), on));
      wanted.faults().forEach(fault -> model.order(InjectedFault.valueOf(fault)));
      if (wanted.eflow() != null) {
        model.eflowVersion(wanted.eflow());
        model.set(Trait.EFLOW_MODULE, true);
        model.set(Trait.EFLOW_DEPLOYED, true);
        if (!wanted.traits().containsKey("EFLOW_RUNNING")) {
          model.set(Trait.EFLOW_RUNNING, true);
        }
        new EflowMachine(device.directory().resolve("eflow-vm"), model).create();
      }
    }
    for (WindowsCase.Entry entry : row.before().files()) {
      Path path = file(device, entry.path());
      Files.createDirectories(path.getParent());
      if (entry.symlink() != null) {
        Files.createSymbolicLink(path, Path.of(here(entry.symlink())));
      } else if (entry.sameAs() != null) {
        Files.createLink(path, file(device, entry.sameAs()));
      } else if (entry.directory()) {
        Files.createDirectories(path);
      } else {
        Files.writeString(path, entry.content() == null ? "" : text(device, entry.content()));
      }
      if (Boolean.TRUE.equals(entry.isPrivate())) {
        new DeviceFiles(device.directory(), "C:\\").setPrivate(path, true);
      }
      if (entry.foreign()) {
        device.files().setOwner(path, "WIN-EDGE01\\mallory");
      }
      if (entry.open()) {
        device.files().setWriter(path, "BUILTIN\\Users");
      }
    }
  }

  private static String text(WindowsDevice device, String content) {
    return here(content).replace("THIS-BOOT", device.model().bootId());
  }

  private static byte[] body(WindowsCase row) {
    byte[] once =
        row.bodyBase64() != null
            ? Base64.getDecoder().decode(row.bodyBase64())
            : row.body().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < row.repeat(); i++) {
      all.writeBytes(once);
    }
    return all.toByteArray();
  }

  private static void checkAnswer(WindowsCase.Result result, WireClient.Answered answered)
      throws IOException {
    Map<String, String> values = answered.values();
    assertThat(Optional.ofNullable(values.get("error")))
        .as("error word; detail: %s", values.get("detail"))
        .isEqualTo(Optional.ofNullable(result.error()));
    assertThat(answered.status()).isEqualTo(result.error() == null ? 0 : 1);
    if (result.detail() != null) {
      matches("detail", values.get("detail"), "~.*\\Q" + here(result.detail()) + "\\E.*");
    }
    result.values().forEach((name, value) -> matches(name, values.get(name), value));
    if (result.body() != null) {
      matches("body", new String(answered.body(), StandardCharsets.UTF_8), result.body());
    }
    if (result.errors() == null) {
      assertThat(answered.errors()).as("standard error").isEmpty();
    } else {
      assertThat(answered.errors()).as("standard error").contains(here(result.errors()));
    }
    if (!result.json().isEmpty()) {
      JsonNode json = JSON.readTree(answered.body());
      result.json().forEach((name, value) -> matches(name, member(json.path(name)), value));
    }
  }

  private static String member(JsonNode json) {
    return json.isArray()
        ? StreamSupport.stream(json.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining("\n"))
        : json.asText();
  }

  private static void matches(String what, String actual, String expected) {
    if (expected == null) {
      assertThat(actual).as(what).isNull();
      return;
    }
    String wanted = here(expected);
    String found = wanted.contains(CASE) && actual != null ? actual.replace('\\', '/') : actual;
    if (wanted.startsWith("~")) {
      assertThat(found).as(what).isNotNull().matches("(?s)" + wanted.substring(1));
    } else {
      assertThat(found).as(what).isEqualTo(wanted);
    }
  }

  /** One thing in a directory. */
  private record Seen(String kind, String content, boolean isPrivate) {}

  private static Map<String, Seen> look(WindowsDevice device) throws IOException {
    Map<String, Seen> seen = new TreeMap<>();
    DeviceFiles files = new DeviceFiles(device.directory(), "C:\\");
    try (Stream<Path> tree = Files.walk(device.directory())) {
      for (Path path : (Iterable<Path>) tree::iterator) {
        boolean symlink = Files.isSymbolicLink(path);
        boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        String content =
            symlink
                ? Files.readSymbolicLink(path).toString()
                : directory ? "" : Files.readString(path, StandardCharsets.ISO_8859_1);
        String kind = symlink ? "symlink" : directory ? "directory" : "file";
        seen.put(
            name(device.directory().relativize(path).toString()),
            new Seen(kind, content, !symlink && files.isPrivate(path)));
      }
    }
    return seen;
  }

  private static String name(String path) {
    String full = path.replaceFirst("^C/", "C:/").replaceFirst("^eflow-vm/", "vm:/");
    return full.replaceFirst("^" + STATE + "(/|$)", "state$1").replaceFirst("^" + CASE + "/", "");
  }

  private static void checkFiles(
      WindowsCase row, Map<String, Seen> before, Map<String, Seen> after) {
    Map<String, Seen> unexplained = new TreeMap<>(after);
    Map<String, Seen> gone = new TreeMap<>(before);
    for (WindowsCase.Entry entry : row.after()) {
      String path =
          entry.path().startsWith("~")
              ? unexplained.keySet().stream()
                  .filter(name -> !before.containsKey(name))
                  .filter(name -> name.matches(entry.path().substring(1)))
                  .findFirst()
                  .orElse(entry.path())
              : entry.path();
      Seen now = unexplained.remove(path);
      gone.remove(path);
      // Directories above what is named come with it.
      for (int i = path.lastIndexOf('/'); i > 0; i = path.lastIndexOf('/', i - 1)) {
        unexplained.remove(path.substring(0, i));
      }
      if (entry.absent()) {
        assertThat(now).as(path + " is gone").isNull();
        continue;
      }
      assertThat(now).as("%s among %s", path, after.keySet()).isNotNull();
      if (entry.isBody()) {
        assertThat(now.content())
            .as(path)
            .isEqualTo(new String(body(row), StandardCharsets.ISO_8859_1));
      }
      if (entry.content() != null) {
        assertThat(now.kind()).as(path).isEqualTo("file");
        assertThat(now.content()).as("content of " + path).isEqualTo(here(entry.content()));
      }
      if (entry.has() != null) {
        assertThat(now.content()).as("content of " + path).contains(here(entry.has()));
      }
      if (entry.symlink() != null) {
        assertThat(now.kind()).as(path).isEqualTo("symlink");
        assertThat(now.content()).as(path).isEqualTo(here(entry.symlink()));
      }
      if (entry.directory()) {
        assertThat(now.kind()).as(path).isEqualTo("directory");
      }
      if (entry.isPrivate() != null) {
        assertThat(now.isPrivate()).as("private: " + path).isEqualTo(entry.isPrivate());
      }
    }
    gone.keySet().removeAll(unexplained.keySet());
    gone.keySet().removeAll(after.keySet());
    assertThat(gone.keySet()).as("vanished").isEmpty();
    unexplained.forEach(
        (path, now) -> assertThat(now).as(path + " stays as it was").isEqualTo(before.get(path)));
  }

  private static void checkDevice(WindowsDevice device, WindowsCase.Device wanted) {
    if (wanted == null) {
      return;
    }
    DeviceModel model = device.model();
    if (wanted.installed() != null) {
      assertThat(model.installed()).as("installed").isEqualTo(wanted.installed());
    }
    wanted
        .services()
        .forEach(
            (name, state) ->
                assertThat(
                        model
                            .service(name)
                            .map(service -> service.running() ? "running" : "stopped")
                            .orElse("absent"))
                    .as("service " + name)
                    .isEqualTo(state));
    wanted
        .traits()
        .forEach((trait, on) -> assertThat(model.is(Trait.valueOf(trait))).as(trait).isEqualTo(on));
  }
}
