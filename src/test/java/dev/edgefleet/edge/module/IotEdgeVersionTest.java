package dev.edgefleet.edge.module;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IotEdgeVersionTest {
  @ParameterizedTest
  @CsvSource({
    "iotedge 1.0.6.1 (b5e6a6f), true, false",
    "1.0.9.5, true, false",
    "iotedge 1.0.10, false, false",
    "1.0.10.4, false, false",
    "iotedge 1.1.19, false, false",
    "1.1.0~rc2, false, false",
    "iotedge 1.2.0, false, true",
    "1.5.44, false, true",
    "2.0, false, true",
  })
  void ordersReleases(String text, boolean tooOld, boolean toml) {
    IotEdgeVersion version = IotEdgeVersion.parse(text).orElseThrow();
    assertThat(version.compareTo(IotEdgeVersion.MANUAL_X509) < 0).isEqualTo(tooOld);
    assertThat(version.compareTo(IotEdgeVersion.TOML) >= 0).isEqualTo(toml);
  }

  @Test
  void noVersionInIt() {
    assertThat(IotEdgeVersion.parse("command not found")).isEmpty();
  }
}
