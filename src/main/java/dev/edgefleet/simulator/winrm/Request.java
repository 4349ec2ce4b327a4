package dev.edgefleet.simulator.winrm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A message of WS-Management that came in. */
final class Request {
  private static final Duration STANDARD_TIMEOUT = Duration.ofSeconds(60);
  private static final int STANDARD_ENVELOPE = 153_600;

  private final Document document;

  private Request(Document document) {
    this.document = document;
  }

  static Request parse(byte[] body) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return new Request(factory.newDocumentBuilder().parse(new ByteArrayInputStream(body)));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    } catch (SAXException e) {
      throw new IOException("no message of WS-Management", e);
    }
  }

  /** The last word of the action, such as {@code Receive}. */
  String action() {
    String uri = text("Action").orElse("").strip();
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  String messageId() {
    return text("MessageID").orElse("").strip();
  }

  /** The shell that is meant. */
  String shellId() {
    return named("Selector", "ShellId").orElse("").strip();
  }

  /** How long the answer may take. */
  Duration timeout() {
    try {
      return text("OperationTimeout")
          .map(value -> Duration.parse(value.strip()))
          .orElse(STANDARD_TIMEOUT);
    } catch (DateTimeException e) {
      return STANDARD_TIMEOUT;
    }
  }

  /** How large the answer may be. */
  int maxEnvelope() {
    return text("MaxEnvelopeSize")
        .map(value -> Integer.parseInt(value.strip()))
        .orElse(STANDARD_ENVELOPE);
  }

  Optional<Duration> idleTimeout() {
    return text("IdleTimeOut").map(value -> Duration.parse(value.strip()));
  }

  /** An option in the header. */
  String option(String name) {
    return named("Option", name).orElse("");
  }

  /** The command line with its arguments, whitespace as it came. */
  String commandLine() {
    StringBuilder line = new StringBuilder(text("Command").orElse(""));
    NodeList arguments = elements("Arguments");
    for (int i = 0; i < arguments.getLength(); i++) {
      line.append(' ').append(arguments.item(i).getTextContent());
    }
    return line.toString();
  }

  /** The text of the first element of that name. */
  Optional<String> text(String name) {
    return first(name).map(Element::getTextContent);
  }

  /** The first element of that name, in whatever namespace. */
  Optional<Element> first(String name) {
    NodeList found = elements(name);
    return found.getLength() == 0 ? Optional.empty() : Optional.of((Element) found.item(0));
  }

  /** An attribute of the first element of that name. */
  String attribute(String element, String attribute) {
    return first(element).map(found -> found.getAttribute(attribute)).orElse("");
  }

  private Optional<String> named(String element, String name) {
    NodeList found = elements(element);
    for (int i = 0; i < found.getLength(); i++) {
      Element candidate = (Element) found.item(i);
      if (candidate.getAttribute("Name").equals(name)) {
        return Optional.of(candidate.getTextContent());
      }
    }
    return Optional.empty();
  }

  private NodeList elements(String name) {
    return document.getElementsByTagNameNS("*", name);
  }
}
