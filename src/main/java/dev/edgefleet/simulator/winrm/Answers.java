package dev.edgefleet.simulator.winrm;

import java.util.Base64;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.UUID;

/** The messages that go out. */
final class Answers {
  private static final String SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
  private static final String STATE = SHELL + "/CommandState/";

  private Answers() {}

  private static String envelope(Request request, String action, String body) {
    return """
      <s:Envelope xml:lang="en-US" xmlns:s="http://www.w3.org/2003/05/soap-envelope" \
      xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
      xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer" \
      xmlns:e="http://schemas.xmlsoap.org/ws/2004/08/eventing" \
      xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" \
      xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd" \
      xmlns:rsp="http://schemas.microsoft.com/wbem/wsman/1/windows/shell">\
      <s:Header><a:Action>%s</a:Action><a:MessageID>uuid:%s</a:MessageID>\
      <a:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:To>\
      <a:RelatesTo>%s</a:RelatesTo></s:Header><s:Body>%s</s:Body></s:Envelope>"""
        .formatted(action, uuid(), escape(request.messageId()), body);
  }

  static String created(Request request, String shellId) {
    return envelope(
        request,
        "http://schemas.xmlsoap.org/ws/2004/09/transfer/CreateResponse",
        """
        <x:ResourceCreated><a:Address>/wsman</a:Address><a:ReferenceParameters>\
        <w:ResourceURI>%s/cmd</w:ResourceURI><w:SelectorSet>\
        <w:Selector Name="ShellId">%s</w:Selector></w:SelectorSet></a:ReferenceParameters>\
        </x:ResourceCreated>\
        <rsp:Shell><rsp:ShellId>%s</rsp:ShellId><rsp:State>Connected</rsp:State></rsp:Shell>"""
            .formatted(SHELL, shellId, shellId));
  }

  static String started(Request request, String commandId) {
    return envelope(
        request,
        SHELL + "/CommandResponse",
        "<rsp:CommandResponse><rsp:CommandId>%s</rsp:CommandId></rsp:CommandResponse>"
            .formatted(commandId));
  }

  static String sent(Request request) {
    return envelope(request, SHELL + "/SendResponse", "<rsp:SendResponse/>");
  }

  static String signalled(Request request) {
    return envelope(request, SHELL + "/SignalResponse", "<rsp:SignalResponse/>");
  }

  static String deleted(Request request) {
    return envelope(request, "http://schemas.xmlsoap.org/ws/2004/09/transfer/DeleteResponse", "");
  }

  /**
   * @param exitCode none while the command runs
   */
  static String received(
      Request request, String commandId, byte[] output, byte[] errors, OptionalInt exitCode) {
    StringBuilder body = new StringBuilder("<rsp:ReceiveResponse>");
    boolean done = exitCode.isPresent();
    stream(body, "stdout", commandId, output, done);
    stream(body, "stderr", commandId, errors, done);
    body.append("<rsp:CommandState CommandId=\"")
        .append(commandId)
        .append("\" State=\"")
        .append(STATE);
    if (done) {
      body.append("Done\"><rsp:ExitCode>")
          // Windows counts them without sign.
          .append(Integer.toUnsignedLong(exitCode.getAsInt()))
          .append("</rsp:ExitCode></rsp:CommandState>");
    } else {
      body.append("Running\"/>");
    }
    return envelope(
        request, SHELL + "/ReceiveResponse", body.append("</rsp:ReceiveResponse>").toString());
  }

  private static void stream(
      StringBuilder body, String name, String commandId, byte[] bytes, boolean end) {
    if (bytes.length > 0) {
      body.append("<rsp:Stream Name=\"%s\" CommandId=\"%s\">".formatted(name, commandId))
          .append(Base64.getEncoder().encodeToString(bytes))
          .append("</rsp:Stream>");
    }
    if (end) {
      body.append(
          "<rsp:Stream Name=\"%s\" CommandId=\"%s\" End=\"true\"/>".formatted(name, commandId));
    }
  }

  static String fault(Request request, Fault fault) {
    return envelope(
        request,
        "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault",
        """
        <s:Fault><s:Code><s:Value>s:%s</s:Value><s:Subcode><s:Value>%s</s:Value></s:Subcode></s:Code>\
        <s:Reason><s:Text xml:lang="en-US">%s</s:Text></s:Reason><s:Detail>\
        <f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" \
        Code="%d" Machine="simulator"><f:Message>%s</f:Message></f:WSManFault></s:Detail></s:Fault>"""
            .formatted(
                fault.side(),
                fault.subcode(),
                escape(fault.message()),
                fault.code(),
                escape(fault.message())));
  }

  static String uuid() {
    return UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
