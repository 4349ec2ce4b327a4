package dev.edgefleet.transport.winrm;

import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.dom4j.Document;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.dom4j.QName;

/** The messages that go out. Not pretty-printed, so that no whitespace is lost. */
final class WsmanMessage {
  private static final Namespace SOAP =
      Namespace.get("env", "http://www.w3.org/2003/05/soap-envelope");
  private static final Namespace ADDRESSING =
      Namespace.get("a", "http://schemas.xmlsoap.org/ws/2004/08/addressing");
  private static final Namespace WSMAN =
      Namespace.get("w", "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd");
  private static final Namespace MICROSOFT =
      Namespace.get("p", "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd");
  private static final Namespace SHELL =
      Namespace.get("rsp", "http://schemas.microsoft.com/wbem/wsman/1/windows/shell");
  private static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer/";
  private static final String ANONYMOUS =
      "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous";

  private final Document document = DocumentHelper.createDocument();
  private final Element header;
  private final Element body;

  private WsmanMessage(WsmanSettings settings, String action, Optional<String> shell) {
    Element envelope = document.addElement(QName.get("Envelope", SOAP));
    header = envelope.addElement(QName.get("Header", SOAP));
    body = envelope.addElement(QName.get("Body", SOAP));
    header.addElement(QName.get("To", ADDRESSING)).setText(settings.uri().toString());
    header
        .addElement(QName.get("ReplyTo", ADDRESSING))
        .addElement(QName.get("Address", ADDRESSING))
        .addAttribute("mustUnderstand", "true")
        .setText(ANONYMOUS);
    must("MaxEnvelopeSize", WSMAN, String.valueOf(settings.envelopeSize()));
    header
        .addElement(QName.get("MessageID", ADDRESSING))
        .setText("uuid:" + UUID.randomUUID().toString().toUpperCase(Locale.ROOT));
    locale(QName.get("Locale", WSMAN));
    locale(QName.get("DataLocale", MICROSOFT));
    header
        .addElement(QName.get("OperationTimeout", WSMAN))
        .setText(seconds(settings.operationTimeout()));
    must("Action", ADDRESSING, action);
    shell.ifPresent(
        id ->
            header
                .addElement(QName.get("SelectorSet", WSMAN))
                .addElement(QName.get("Selector", WSMAN))
                .addAttribute("Name", "ShellId")
                .setText(id));
    must("ResourceURI", WSMAN, SHELL.getURI() + "/cmd");
  }

  private void must(String name, Namespace namespace, String text) {
    header
        .addElement(QName.get(name, namespace))
        .addAttribute("mustUnderstand", "true")
        .setText(text);
  }

  // Faults in English: they are read.
  private void locale(QName name) {
    header
        .addElement(name)
        .addAttribute("mustUnderstand", "false")
        .addAttribute(QName.get("lang", Namespace.XML_NAMESPACE), "en-US");
  }

  private Element option(Element set, String name, String value) {
    set.addElement(QName.get("Option", WSMAN)).addAttribute("Name", name).setText(value);
    return set;
  }

  private static QName name(String local) {
    return QName.get(local, SHELL);
  }

  static String open(WsmanSettings settings) {
    WsmanMessage message = new WsmanMessage(settings, TRANSFER + "Create", Optional.empty());
    Element options = message.header.addElement(QName.get("OptionSet", WSMAN));
    message.option(options, "WINRS_NOPROFILE", "FALSE");
    message.option(options, "WINRS_CODEPAGE", "65001");
    Element shell = message.body.addElement(name("Shell"));
    // The schema wants it before the streams.
    shell.addElement(name("IdleTimeOut")).setText(seconds(settings.idleTimeout()));
    shell.addElement(name("InputStreams")).setText("stdin");
    shell.addElement(name("OutputStreams")).setText("stdout stderr");
    return message.text();
  }

  static String delete(WsmanSettings settings, String shell) {
    return new WsmanMessage(settings, TRANSFER + "Delete", Optional.of(shell)).text();
  }

  private static WsmanMessage to(WsmanSettings settings, String verb, String shell) {
    return new WsmanMessage(settings, SHELL.getURI() + "/" + verb, Optional.of(shell));
  }

  static String command(WsmanSettings settings, String shell, String commandLine) {
    WsmanMessage message = to(settings, "Command", shell);
    Element options = message.header.addElement(QName.get("OptionSet", WSMAN));
    message.option(options, "WINRS_CONSOLEMODE_STDIN", "FALSE");
    message
        .body
        .addElement(name("CommandLine"))
        .addElement(name("Command"))
        // cmd.exe takes one pair of quotes off.
        .setText('"' + commandLine + '"');
    return message.text();
  }

  static String send(
      WsmanSettings settings, String shell, String command, byte[] part, boolean last) {
    WsmanMessage message = to(settings, "Send", shell);
    Element stream =
        message
            .body
            .addElement(name("Send"))
            .addElement(name("Stream"))
            .addAttribute("Name", "stdin")
            .addAttribute("CommandId", command);
    stream.setText(Base64.getEncoder().encodeToString(part));
    if (last) {
      stream.addAttribute("End", "true");
    }
    return message.text();
  }

  static String receive(WsmanSettings settings, String shell, String command) {
    WsmanMessage message = to(settings, "Receive", shell);
    message
        .body
        .addElement(name("Receive"))
        .addElement(name("DesiredStream"))
        .addAttribute("CommandId", command)
        .setText("stdout stderr");
    return message.text();
  }

  static String terminate(WsmanSettings settings, String shell, String command) {
    WsmanMessage message = to(settings, "Signal", shell);
    message
        .body
        .addElement(name("Signal"))
        .addAttribute("CommandId", command)
        .addElement(name("Code"))
        .setText(SHELL.getURI() + "/signal/terminate");
    return message.text();
  }

  private String text() {
    return document.asXML();
  }

  private static String seconds(Duration duration) {
    return "PT"
        + duration.toMillis() / 1000
        + "."
        + "%03d".formatted(duration.toMillis() % 1000)
        + "S";
  }
}
