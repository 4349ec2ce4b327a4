package dev.edgefleet.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManualX509Test {
  @ParameterizedTest
  @CsvSource({
    "/etc/iotedge/id.pem, file:///etc/iotedge/id.pem",
    "/etc/iot edge/100%#1?.pem, file:///etc/iot%20edge/100%25%231%3F.pem",
    "/srv/gr\u00fcn.pem, file:///srv/gr%C3%BCn.pem",
    "file:///C:/certs/id.pem, file:///C:/certs/id.pem",
  })
  void pathsBecomeUris(String path, String uri) {
    assertThat(ManualX509.of("h.net", "d", path, "/k.pem").identityCert()).isEqualTo(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id.pem",
        "./id.pem",
        "/",
        "/etc/../id.pem",
        "/etc/./id.pem",
        "/etc/..",
        "C:\\id.pem",
        "/a\nb",
        "file://host/id.pem",
        "file:///a b",
        "file:///a?b",
        "file:///a%2",
        "http:///a",
        "file:///a/%2E%2e/b",
        "/etc/"
      })
  void otherPathsAreRefused(String path) {
    assertThatThrownBy(() -> ManualX509.of("h.net", "d", "/c.pem", path))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("identity_pk: ");
  }

  @Test
  void takesEveryCharacterOfADeviceId() {
    String id = "aZ09-:.+%_#*?!(),=@;$'";
    assertThat(ManualX509.of("h.net", id, "/c", "/k").deviceId()).isEqualTo(id);
    String longest = "x".repeat(128);
    assertThat(ManualX509.of("h.net", longest, "/c", "/k").deviceId()).isEqualTo(longest);
  }

  @Test
  void namesEveryFieldThatIsWrong() {
    assertThatThrownBy(() -> ManualX509.of("https://h.net", "a b", "c", "k"))
        .isInstanceOfSatisfying(
            BadInput.class,
            e ->
                assertThat(e.problems())
                    .extracting(p -> p.found().substring(0, p.found().indexOf(':')))
                    .containsExactly(
                        "iothub_hostname", "device_id", "identity_cert", "identity_pk"));
    assertThatThrownBy(() -> ManualX509.of("h.net", "x".repeat(129), "/c", "/k"))
        .hasMessageContaining("device_id");
    assertThatThrownBy(() -> ManualX509.of("h.net", "<DEVICE>", "/c", "/k"))
        .hasMessageContaining("device_id");
    assertThatThrownBy(() -> ManualX509.of("h.net\n", "d", "/c", "/k"))
        .hasMessageContaining("iothub_hostname");
  }
}
