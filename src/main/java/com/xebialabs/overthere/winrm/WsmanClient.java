package com.xebialabs.overthere.winrm;

import com.xebialabs.overthere.cifs.WinrmHttpsCertificateTrustStrategy;
import com.xebialabs.overthere.cifs.WinrmHttpsHostnameVerificationStrategy;
import dev.edgefleet.secret.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import javax.net.SocketFactory;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.protocol.HttpContext;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;

/**
 * OverThere's WinRM client, one for a shell or for a command in it. What OverThere sends is changed
 * on its way out, and what it takes for errors is looked at before it does: a command may be silent
 * for longer than a request lasts, output is UTF-8, standard input has an end, and no exception
 * holds a request. One thread may receive while another sends.
 */
public final class WsmanClient extends WinRmClient {
  private static final ContentType SOAP =
      ContentType.create("application/soap+xml", StandardCharsets.UTF_8);
  private static final ScopedValue<WsmanCall> CALL = ScopedValue.newInstance();

  private final WsmanSettings settings;
  private String shell = "";
  private volatile OptionalInt exitCode = OptionalInt.empty();

  public WsmanClient(WsmanSettings settings) throws MalformedURLException {
    super(
        settings.user(),
        settings.password().map(Secret::reveal).orElse(""),
        settings.uri().toURL(),
        settings.host(),
        settings.uri().getPort(),
        SocketFactory.getDefault());
    this.settings = settings;
    setWinRmTimeout(seconds(settings.operationTimeout()));
    setWinRmEnvelopSize(settings.envelopeSize());
    setWinRmLocale("en-US");
    setConnectionTimeout(Math.toIntExact(settings.connectLimit().toMillis()));
    setSoTimeout(Math.toIntExact(settings.readLimit().toMillis()));
    // Strict means: what the trust manager that is in force says.
    setHttpsCertTrustStrategy(WinrmHttpsCertificateTrustStrategy.STRICT);
    setHttpsHostnameVerifyStrategy(
        settings.verifyHostName()
            ? WinrmHttpsHostnameVerificationStrategy.STRICT
            : WinrmHttpsHostnameVerificationStrategy.ALLOW_ALL);
    // Every Windows host has it, by its HOST entry; WSMAN is there only where the service made it.
    setKerberosUseHttpSpn(true);
    setKerberosTicketCache(settings.password().isEmpty());
    // Otherwise an alias, or an address, is looked up for another name.
    setUseCanonicalHostname(false);
  }

  /** Opens a shell, and returns its identifier. */
  public String open() throws IOException {
    return call(
        new WsmanCall(
            envelope -> {
              option(envelope, "WINRS_CODEPAGE", "65001");
              Element limit = DocumentHelper.createElement(name("IdleTimeOut"));
              limit.setText(seconds(settings.idleTimeout()));
              // The schema wants it before the streams.
              body(envelope).elements().addFirst(limit);
            }),
        this::createShell);
  }

  /** Deletes the shell that this client opened, and ends what runs in it. */
  public void delete() throws IOException {
    perform(new WsmanCall(envelope -> {}), this::deleteShell);
  }

  /**
   * Starts a command line in a shell that another client opened. From then on this client is the
   * command's.
   */
  public void start(String shell, String commandLine) throws IOException {
    this.shell = shell;
    call(
        command(
            envelope -> {
              option(envelope, "WINRS_CONSOLEMODE_STDIN", "FALSE");
              // The quotes are OverThere's: cmd.exe takes one pair off.
              body(envelope).element(name("Command")).setText('"' + commandLine + '"');
            }),
        () -> executeCommand(commandLine));
  }

  /**
   * Sends a part of standard input.
   *
   * @param last whether standard input ends with it
   */
  public void send(byte[] part, boolean last) throws IOException {
    perform(
        command(
            envelope -> {
              if (last) {
                body(envelope).element(name("Stream")).addAttribute("End", "true");
              }
            }),
        () -> sendInput(part));
  }

  /**
   * Waits for output, as long as one request lasts.
   *
   * @return whether the command still runs
   */
  public boolean receive(OutputStream output, OutputStream errors) throws IOException {
    WsmanCall call = command(envelope -> {});
    try {
      boolean runs = call(call, () -> receiveOutput(output, errors));
      if (!runs) {
        exitCode = call.exitCode();
      }
      return runs;
    } catch (WsmanFailure failure) {
      // The command was silent for as long as a request lasts: nothing to worry about.
      if (failure.faultCode() == WsmanFailure.TIMED_OUT) {
        return true;
      }
      throw failure;
    }
  }

  /** Ends the command and all it started. */
  public void terminate() throws IOException {
    perform(command(envelope -> {}), this::signal);
  }

  /** The exit code of a command that is over; none when the service told none. */
  public OptionalInt exitCode() {
    return exitCode;
  }

  @Override
  protected HttpEntity createEntity(String message) {
    return new StringEntity(CALL.get().request(message), SOAP);
  }

  @Override
  protected String handleResponse(HttpResponse response, HttpContext context) throws IOException {
    return CALL.get().answer(response);
  }

  /** A request of OverThere's. */
  private interface Request<T> {
    T perform() throws IOException;
  }

  private interface Errand {
    void perform() throws IOException;
  }

  private static void perform(WsmanCall call, Errand errand) throws IOException {
    call(
        call,
        () -> {
          errand.perform();
          return true;
        });
  }

  private static <T> T call(WsmanCall call, Request<T> request) throws IOException {
    try {
      return ScopedValue.where(CALL, call).<T, IOException>call(request::perform);
    } catch (RuntimeException thrown) {
      throw call.failure(thrown);
    }
  }

  // OverThere knows of one command in a shell, which its own client opened.
  private WsmanCall command(WsmanCall.Rewrite rewrite) {
    return new WsmanCall(
        envelope -> {
          envelope
              .element(QName.get("Header", envelope.getNamespace()))
              .addElement(QName.get("SelectorSet", Namespaces.NS_WSMAN_DMTF))
              .addElement(QName.get("Selector", Namespaces.NS_WSMAN_DMTF))
              .addAttribute("Name", "ShellId")
              .setText(shell);
          rewrite.apply(envelope);
        });
  }

  private static void option(Element envelope, String key, String value) {
    Element header = envelope.element(QName.get("Header", envelope.getNamespace()));
    for (Element option :
        header.element(QName.get("OptionSet", Namespaces.NS_WSMAN_DMTF)).elements()) {
      if (key.equals(option.attributeValue("Name"))) {
        option.setText(value);
      }
    }
  }

  private static Element body(Element envelope) {
    return envelope.element(QName.get("Body", envelope.getNamespace())).elements().getFirst();
  }

  private static QName name(String local) {
    return QName.get(local, Namespaces.NS_WIN_SHELL);
  }

  private static String seconds(Duration duration) {
    return "PT"
        + duration.toMillis() / 1000
        + "."
        + "%03d".formatted(duration.toMillis() % 1000)
        + "S";
  }
}
