package com.xebialabs.overthere.winrm;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that got no good answer. Unlike OverThere's own exception it never holds the request,
 * which may carry secrets.
 */
public final class WsmanFailure extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /** The codes of WS-Management's faults that callers tell apart. */
  public static final long TIMED_OUT = 2150858793L;

  public static final long UNKNOWN_SHELL = 2150858843L;

  /** No answer came. */
  static final int NO_STATUS = 0;

  private final int status;
  private final long faultCode;
  private final transient List<String> schemes;

  WsmanFailure(
      String message, int status, long faultCode, List<String> schemes, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.faultCode = faultCode;
    this.schemes = List.copyOf(schemes);
  }

  /** The HTTP status; 0 when no answer came, and the cause then says why. */
  public int status() {
    return status;
  }

  /** The code of the fault; 0 when the answer was none. */
  public long faultCode() {
    return faultCode;
  }

  /** The ways to log in that a 401 offers, such as {@code Negotiate}. */
  public List<String> schemes() {
    return schemes;
  }
}
