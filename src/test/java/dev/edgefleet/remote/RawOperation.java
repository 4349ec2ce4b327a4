package dev.edgefleet.remote;

import java.util.Map;

/** Any script with any parameters. */
public record RawOperation(String script, Map<String, String> parameters, byte[] body)
    implements Operation<Reply> {
  @Override
  public String purpose() {
    return "do " + script;
  }

  @Override
  public BodyLimits bodyLimits() {
    return BodyLimits.whole(64 << 20);
  }

  @Override
  public Reply result(Reply reply) {
    return reply;
  }
}
