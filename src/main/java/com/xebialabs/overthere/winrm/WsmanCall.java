package com.xebialabs.overthere.winrm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.util.EntityUtils;
import org.dom4j.Document;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.Node;

/** One request under way: what it changes in OverThere's message, and what came back. */
final class WsmanCall {
  private static final Pattern EXIT_CODE = Pattern.compile("ExitCode>\\s*(-?[0-9]{1,18})\\s*<");
  private static final String NOTHING = "<nothing/>";

  /** Changes a message before it is sent. */
  interface Rewrite {
    void apply(Element envelope);
  }

  private final Rewrite rewrite;
  private int status = WsmanFailure.NO_STATUS;
  private long faultCode;
  private String fault = "";
  private final List<String> schemes = new ArrayList<>();
  private OptionalInt exitCode = OptionalInt.empty();

  WsmanCall(Rewrite rewrite) {
    this.rewrite = rewrite;
  }

  /** The message as it goes out: not pretty-printed, so that no whitespace is lost. */
  String request(String message) {
    Document document = parse(message);
    rewrite.apply(document.getRootElement());
    return document.asXML();
  }

  /** Notes what came back; the caller of the request asks for it afterwards. */
  String answer(HttpResponse response) throws IOException {
    status = response.getStatusLine().getStatusCode();
    for (Header header : response.getHeaders("WWW-Authenticate")) {
      schemes.add(header.getValue().split(" ", 2)[0]);
    }
    HttpEntity entity = response.getEntity();
    String body = entity == null ? "" : EntityUtils.toString(entity, StandardCharsets.UTF_8);
    if (status == 200) {
      Matcher matcher = EXIT_CODE.matcher(body);
      if (matcher.find()) {
        // Windows counts exit codes without sign: 3221225786 is -1073741510 here.
        exitCode = OptionalInt.of((int) Long.parseLong(matcher.group(1)));
      }
      return body;
    }
    noteFault(body);
    return NOTHING;
  }

  private void noteFault(String body) {
    if (!body.contains("Fault")) {
      return;
    }
    Element envelope = parse(body).getRootElement();
    String code = text(envelope, "//*[local-name()='WSManFault']/@Code");
    if (code.matches("[0-9]{1,18}")) {
      faultCode = Long.parseLong(code);
    }
    String message = text(envelope, "//*[local-name()='WSManFault']/*[local-name()='Message']");
    fault = message.isEmpty() ? text(envelope, "//*[local-name()='Reason']") : message;
  }

  OptionalInt exitCode() {
    return exitCode;
  }

  /** What to throw instead of OverThere's exception, which quotes the request. */
  WsmanFailure failure(RuntimeException thrown) {
    if (status == WsmanFailure.NO_STATUS || status == 200) {
      Throwable cause = thrown;
      while (cause instanceof RuntimeException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause instanceof RuntimeException || cause instanceof DocumentException
          ? new WsmanFailure("the answer is none of WinRM's", status, 0, schemes, null)
          : new WsmanFailure(said(cause), status, 0, schemes, cause);
    }
    String text = fault.isEmpty() ? "HTTP status " + status : fault;
    return new WsmanFailure(text, status, faultCode, schemes, null);
  }

  private static String said(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static String text(Element envelope, String path) {
    Node node = envelope.selectSingleNode(path);
    return node == null ? "" : node.getStringValue().strip().replaceAll("\\s+", " ");
  }

  private static Document parse(String xml) {
    try {
      return DocumentHelper.parseText(xml);
    } catch (DocumentException e) {
      throw new IllegalStateException("no XML", e);
    }
  }
}
