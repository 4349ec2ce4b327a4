package dev.edgefleet.journal.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureSignatureTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          d1: no route to 10.0.0.1        | d2: no route to 10.0.0.2        | ‹device›: no route to ‹address›
          d1: no route to 10.0.0.1        | d2: no route to 10.0.0.1        | ‹device›: no route to 10.0.0.1
          fe80::1:2 did not answer       | fe80::1:3 did not answer       | ‹address› did not answer
          cannot read /srv/x1.pem.       | cannot read /srv/x2.pem.       | cannot read ‹path›.
          /etc/d1.pem is a directory        | /etc/d2.pem is a directory         | /etc/‹device›.pem is a directory
          host key SHA256:q2/A+w is new  | host key SHA256:Zx9+/w is new  | host key ‹hash› is new
          hash 9f86d081884c is wrong     | hash 2c26b46b68ff is wrong     | hash ‹hash› is wrong
          clock says 2026-11-22T12:00:01Z | clock says 2026-11-22T12:09:59Z | clock says ‹time›
          held, since 9 seconds (by x)    | held, since 10 seconds (by x)   | held, since ‹time› (by x)
          held, for 9 seconds (by x)      | held, for 10 seconds (by x)     | held, for ‹time› (by x)
          """)
  void whatDiffersBetweenDevicesIsNamedByItsKind(String onA, String onB, String common) {
    FailureSignature a = FailureSignature.of("d1", onA);
    FailureSignature b = FailureSignature.of("d2", onB);
    assertThat(a.shape()).isEqualTo(b.shape());
    assertThat(FailureSignature.common(List.of(a, b))).isEqualTo(common);
    assertThat(FailureSignature.common(List.of(a))).isEqualTo(onA);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exited with status 1  | exited with status 2
          port 22 is closed     | port 2222 is closed
          d1 is full            | d2 is empty
          """)
  void differentCausesStayApart(String onA, String onB) {
    assertThat(FailureSignature.of("d1", onA).shape())
        .isNotEqualTo(FailureSignature.of("d2", onB).shape());
  }

  @Test
  void aDeviceNameIsAWordAndNoPattern() {
    assertThat(FailureSignature.of("s.t", "is s.t or sxt").particulars()).containsExactly("s.t");
    assertThat(FailureSignature.of("a", "a-1 has a car").particulars()).containsExactly("a");
    assertThat(FailureSignature.of("%s\\E(", "on %s\\E( it failed").particulars())
        .containsExactly("%s\\E(");
  }
}
