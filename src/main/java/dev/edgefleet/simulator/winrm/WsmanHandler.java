package dev.edgefleet.simulator.winrm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers what is posted to {@code /wsman} of one device. */
final class WsmanHandler implements HttpHandler {
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final int SERVER_ERROR = 500;

  private final WinRmSettings settings;
  private final ShellService shells;
  private final Login login;
  private final RequestLog log;

  WsmanHandler(WinRmSettings settings, ShellService shells, Login login, RequestLog log) {
    this.settings = settings;
    this.shells = shells;
    this.login = login;
    this.log = log;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      // All of it, whatever comes of it: a client that is still sending reads no answer.
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(NOT_ALLOWED, -1);
        return;
      }
      switch (login.judge(exchange)) {
        case UNKNOWN -> {
          log.refused();
          login
              .offers()
              .forEach(offer -> exchange.getResponseHeaders().add("WWW-Authenticate", offer));
          exchange.sendResponseHeaders(UNAUTHORIZED, -1);
        }
        case NOT_ENCRYPTED -> exchange.sendResponseHeaders(SERVER_ERROR, -1);
        case WELCOME -> {
          if (body.length > settings.maxEnvelope()) {
            exchange.sendResponseHeaders(TOO_LARGE, -1);
          } else {
            answer(exchange, Request.parse(body));
          }
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, Request request)
      throws IOException, InterruptedException {
    log.came(request.action());
    try {
      RequestLog.Trouble trouble = log.troubleFor(request.action());
      switch (trouble) {
        case RequestLog.NoTrouble none -> send(exchange, OK, shells.perform(request));
        case RequestLog.Answered answered ->
            send(exchange, SERVER_ERROR, Answers.fault(request, answered.fault()));
        case RequestLog.CutBefore cut -> {
          // Closing the exchange without an answer cuts the connection.
        }
        case RequestLog.CutAfter cut -> shells.perform(request);
      }
    } catch (FaultException e) {
      send(exchange, SERVER_ERROR, Answers.fault(request, e.fault()));
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/soap+xml;charset=UTF-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
