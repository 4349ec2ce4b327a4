package dev.edgefleet.transport.winrm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.secret.Secret;
import java.util.List;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What to do about a failure of WinRM follows from its cause. */
final class WinRmErrorsTest {
  private static final WinRmTarget TARGET =
      WinRmTarget.https(
          "pack-01", "edge", Secret.of("word"), Authentication.BASIC, new Trust.Anyone());

  private static Failure of(WsmanFailure failure) {
    return WinRmErrors.of(TARGET, PeerTrust.of(TARGET.trust()), failure);
  }

  private static Failure fault(long code) throws WsmanFailure {
    WsmanAnswer answer =
        WsmanAnswer.read(
            "<Fault><WSManFault Code='"
                + code
                + "'><Message>Access is denied.</Message></WSManFault></Fault>");
    return of(WsmanFailure.of(new HttpAnswer(500, List.of(), ""), answer));
  }

  @Test
  void whoIsDeniedAccessMayBecomeAnAdministrator() throws Exception {
    Failure failure = fault(5);
    assertThat(failure.what()).isEqualTo("pack-01:5986 denies edge access: Access is denied.");
    assertThat(failure.remedy())
        .contains("local administrator", "LocalAccountTokenFilterPolicy")
        .doesNotContain("number");
  }

  @Test
  void anyOtherNumberComesWithWhereToLookItUp() throws Exception {
    Failure failure = fault(2150859174L);
    assertThat(failure).isInstanceOf(StepFailed.class);
    assertThat(failure.remedy()).contains("WinRM/Operational", "winrm helpmsg 0x803381a6");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Pre-authentication information was invalid (24) | password",
        "Client not found in Kerberos database (6) | name",
        "Clock skew too great (37) | clock",
        "Cannot locate KDC | krb5.conf",
        "something else | kinit edge"
      })
  void kerberosNamesItsOwnCause(String said, String remedy) {
    Failure failure = of(WsmanFailure.none("no ticket", new LoginException(said)));
    assertThat(failure.what()).contains(said);
    assertThat(failure.remedy()).contains(remedy);
  }
}
