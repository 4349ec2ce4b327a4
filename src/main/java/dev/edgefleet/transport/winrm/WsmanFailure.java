package dev.edgefleet.transport.winrm;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that got no good answer. It never holds the request, which may carry secrets. */
final class WsmanFailure extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /** The codes of WS-Management's faults that callers tell apart. */
  static final long TIMED_OUT = 2150858793L;

  static final long UNKNOWN_SHELL = 2150858843L;

  /** No answer came. */
  private static final int NO_STATUS = 0;

  private final int status;
  private final long faultCode;
  private final transient List<String> schemes;

  private WsmanFailure(
      String message, int status, long faultCode, List<String> schemes, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.faultCode = faultCode;
    this.schemes = List.copyOf(schemes);
  }

  /** No answer came, or what came was none. */
  static WsmanFailure none(String message, @Nullable Throwable cause) {
    return new WsmanFailure(message, NO_STATUS, 0, List.of(), cause);
  }

  /** An answer of another status than 200. */
  static WsmanFailure of(HttpAnswer http, WsmanAnswer answer) {
    String text = answer.fault().isEmpty() ? "HTTP status " + http.status() : answer.fault();
    return new WsmanFailure(text, http.status(), answer.faultCode(), http.schemes(), null);
  }

  /** The HTTP status; 0 when no answer came, and the cause then says why. */
  int status() {
    return status;
  }

  /** The code of the fault; 0 when the answer was none. */
  long faultCode() {
    return faultCode;
  }

  /** The ways to log in that a 401 offers, such as {@code Negotiate}. */
  List<String> schemes() {
    return schemes;
  }
}
