package dev.edgefleet.playbook.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlFile;
import dev.edgefleet.yaml.YamlNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterSchemaTest {
  record Sample(
      @Param("A text.") String deviceId,
      @Param(value = "A time.", byDefault = "3s") Duration settle,
      @Param("A mode.") Optional<FileMode> mode,
      @Param(value = "A truth.", byDefault = "false") boolean backup,
      @Param("Words.") List<String> argv) {}

  private final ParameterSchema<Sample> schema = new ParameterSchema<>("sample", Sample.class);

  private Sample bind(String yaml) {
    YamlNode node = YamlFile.parse(yaml, "f.yml", Vault.locked()).orElseThrow();
    return schema.bind(node, value -> "{{ id }}".equals(value) ? 7L : value);
  }

  @Test
  void defaultsStandInForWhatIsNotGiven() {
    assertThat(bind("device_id: a"))
        .isEqualTo(new Sample("a", Duration.ofSeconds(3), Optional.empty(), false, List.of()));
  }

  @Test
  void anUnquotedNumberKeepsItsDigits() {
    assertThat(bind("device_id: 00123").deviceId()).isEqualTo("00123");
    assertThat(bind("device_id: '{{ id }}'").deviceId()).isEqualTo("7");
  }

  @ParameterizedTest
  @CsvSource({"0644,0644", "'\"0644\"',0644", "'\"644\"',0644", "0o755,0755", "04755,4755"})
  void modesAreOctal(String written, String octal) {
    assertThat(bind("{device_id: a, mode: " + written + "}").mode()).contains(new FileMode(octal));
  }

  @ParameterizedTest
  @CsvSource({"5,5000", "500ms,500", "2m,120000", "1.5s,1500", "1h,3600000"})
  void durationsHaveUnits(String written, long millis) {
    assertThat(bind("{device_id: a, settle: " + written + "}").settle().toMillis())
        .isEqualTo(millis);
  }

  @Test
  void everyWrongParameterIsNamedWithItsPlace() {
    assertThatThrownBy(() -> bind("device_id: [a, b]\nsettle: soon\nmode: 999\n"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("f.yml:1:12: 'device_id' cannot be")
        .hasMessageContaining("f.yml:2:9: 'settle' cannot be 'soon'")
        .hasMessageContaining("f.yml:3:7: 'mode' cannot be");
  }

  record Loose(
      @Param(
              value = "A path.",
              aliases = {"dest", "name"})
          String path,
      @Param(value = "A count.", byDefault = "3") int times,
      @Param("Anything.") Optional<Object> msg,
      @Param(value = "All others.", anyName = true) Map<String, @Nullable Object> others) {}

  private final ParameterSchema<Loose> loose = new ParameterSchema<>("loose", Loose.class);

  private Loose bindLoose(String yaml) {
    return loose.bind(YamlFile.parse(yaml, "f.yml", Vault.locked()).orElseThrow(), value -> value);
  }

  @Test
  void anAliasIsTheParameterAndAnyOtherNameIsKept() {
    assertThat(bindLoose("{dest: /a, times: '5', msg: [1, b], port: 22, none: null}"))
        .satisfies(bound -> assertThat(bound.others()).containsEntry("port", 22L).hasSize(2))
        .satisfies(bound -> assertThat(bound.msg()).contains(List.of(1L, "b")))
        .extracting(Loose::path, Loose::times)
        .containsExactly("/a", 5);
    assertThat(bindLoose("path: /a").others()).isEmpty();
  }

  @Test
  void anAliasBesideItsParameterIsRefused() {
    assertThatThrownBy(() -> bindLoose("{path: /a, dest: /b}"))
        .hasMessageContaining("f.yml:1:12")
        .hasMessageContaining("'dest' and 'path' mean the same");
    assertThatThrownBy(() -> bindLoose("{path: /a, times: some}"))
        .hasMessageContaining("write a whole number");
  }
}
