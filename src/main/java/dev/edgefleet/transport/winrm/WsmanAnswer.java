package dev.edgefleet.transport.winrm;

import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What an answer says. A device writes it: it is read in one pass, without a tree of it in memory,
 * without document types, and not below a depth that no service needs.
 *
 * @param done whether the command is over
 * @param faultCode 0 when there is none
 */
record WsmanAnswer(
    Optional<String> shell,
    Optional<String> command,
    byte[] output,
    byte[] errors,
    boolean done,
    OptionalInt exitCode,
    long faultCode,
    String fault) {
  private static final XMLInputFactory XML = factory();
  private static final int DEEPEST = 64;
  // Windows uses 36.
  private static final int LONGEST_IDENTIFIER = 256;
  private static final String NUMBER = "-?[0-9]{1,18}";

  /** An answer without any content, as some that are not 200 have. */
  static final WsmanAnswer EMPTY = new Reading().answer();

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /**
   * @throws WsmanFailure when it is none of WinRM's
   */
  static WsmanAnswer read(String text) throws WsmanFailure {
    try {
      XMLStreamReader reader;
      // The factory is not promised to be safe for many threads.
      synchronized (XML) {
        reader = XML.createXMLStreamReader(new StringReader(text));
      }
      return new Reading().read(reader);
    } catch (XMLStreamException | RuntimeException e) {
      throw WsmanFailure.none("the answer is none of WinRM's", null);
    }
  }

  /** An answer that is being read. */
  private static final class Reading {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();
    private Optional<String> shell = Optional.empty();
    private Optional<String> command = Optional.empty();
    private OptionalInt exitCode = OptionalInt.empty();
    private boolean done;
    private long faultCode;
    private String message = "";
    private String reason = "";
    private String name = "";
    private int inMessage;
    private int inReason;

    WsmanAnswer read(XMLStreamReader reader) throws XMLStreamException {
      int depth = 0;
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            depth++;
            if (depth > DEEPEST) {
              throw new XMLStreamException("too deep");
            }
            begin(reader);
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
              text.append(reader.getText());
          case XMLStreamConstants.END_ELEMENT -> {
            depth--;
            end(reader.getLocalName());
          }
          case XMLStreamConstants.DTD -> throw new XMLStreamException("a document type");
          default -> {
            // Comments and the like say nothing.
          }
        }
      }
      return answer();
    }

    private void begin(XMLStreamReader reader) {
      switch (reader.getLocalName()) {
        case "Message" -> inMessage++;
        case "Reason" -> inReason++;
        case "CommandState" -> done |= attribute(reader, "State").endsWith("/CommandState/Done");
        case "WSManFault" -> {
          String code = attribute(reader, "Code");
          if (code.matches(NUMBER)) {
            faultCode = Long.parseLong(code);
          }
        }
        default -> {
          // Its text is what counts, if anything does.
        }
      }
      name = attribute(reader, "Name");
      // A reason has its text in an element, a message may have some.
      if (inMessage + inReason == 0) {
        text.setLength(0);
      }
    }

    private static String attribute(XMLStreamReader reader, String name) {
      String value = reader.getAttributeValue(null, name);
      return value == null ? "" : value;
    }

    private void end(String element) {
      switch (element) {
        case "Selector" -> {
          if (name.equals("ShellId")) {
            shell = Optional.of(identifier());
          }
        }
        case "CommandId" -> command = Optional.of(identifier());
        case "Stream" -> stream();
        case "ExitCode" -> {
          String code = text.toString().strip();
          if (code.matches(NUMBER)) {
            // Windows counts exit codes without sign: 3221225786 is -1073741510 here.
            exitCode = OptionalInt.of((int) Long.parseLong(code));
          }
        }
        case "Message" -> {
          inMessage--;
          message = line();
        }
        case "Reason" -> {
          inReason--;
          reason = line();
        }
        default -> {
          // Nothing that is needed.
        }
      }
      if (inMessage + inReason == 0) {
        text.setLength(0);
      }
      name = "";
    }

    private String identifier() {
      String identifier = text.toString().strip();
      if (identifier.isEmpty() || identifier.length() > LONGEST_IDENTIFIER) {
        throw new IllegalArgumentException("no identifier");
      }
      return identifier;
    }

    private void stream() {
      byte[] part = Base64.getMimeDecoder().decode(text.toString());
      switch (name) {
        case "stdout" -> output.writeBytes(part);
        case "stderr" -> errors.writeBytes(part);
        default -> {
          // Nobody asked for another.
        }
      }
    }

    private String line() {
      return text.toString().strip().replaceAll("\\s+", " ");
    }

    WsmanAnswer answer() {
      return new WsmanAnswer(
          shell,
          command,
          output.toByteArray(),
          errors.toByteArray(),
          done,
          exitCode,
          faultCode,
          message.isEmpty() ? reason : message);
    }
  }
}
