package dev.edgefleet.edge.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.edge.Fixture;
import org.junit.jupiter.api.Test;

class MaskedConfigTest {
  @Test
  void hidesKeysPasswordsAndConnectionStringsWhereverTheyStand() {
    String masked = ConfigYaml.masked(Fixture.text("pump-station.yaml"));
    assertThat(masked)
        .doesNotContain("c2VjcmV0", "pumps-registry-password", "something")
        .contains(
            "  device_connection_string: ***\n",
            "#     symmetric_key: ***\n",
            "      password: ***\n",
            "#      password: ***\n",
            "      username: \"pumps\"\n",
            "#     method: \"symmetric_key\"\n",
            "hostname: \"pump-7\"\n");
  }

  @Test
  void hidesValuesThatSpanLines() {
    assertThat(
            ConfigYaml.masked(
                """
                a:
                  symmetric_key: "one
                two"
                  password: >-
                    three
                    four
                  device_connection_string:
                    HostName=x;SharedAccessKey=five
                  after: "seen"
                """))
        .doesNotContain("one", "two", "three", "four", "five")
        .contains("  after: \"seen\"\n");
  }

  @Test
  void hidesKeysInsideOtherText() {
    assertThat(ConfigYaml.masked("auth: {username: u, password: \"p,w\", serveraddress: s}"))
        .isEqualTo("auth: {username: u, password: ***, serveraddress: s}");
    assertThat(ConfigYaml.masked("# was HostName=h;SharedAccessKey=abc=;x"))
        .isEqualTo("# was HostName=h;SharedAccessKey=***;x");
    assertThat(ConfigYaml.masked("  https_proxy: \"http://joe:pw@proxy:3128\""))
        .isEqualTo("  https_proxy: \"http://***@proxy:3128\"");
  }

  @Test
  void keepsEverythingElse() {
    String text = "a: 1\r\n\r\n# b\n##\nc: \"symmetric_key\"";
    assertThat(ConfigYaml.masked(text)).isEqualTo(text);
  }
}
