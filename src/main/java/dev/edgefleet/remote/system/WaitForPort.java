package dev.edgefleet.remote.system;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Waits on the device until something listens on a port, or nothing does. Its own ports it reads
 * from the kernel, others it connects to with bash or nc. Not on Windows.
 *
 * @param open whether something is to listen
 * @param patience longest to wait; it looks at least once
 * @param sleep pause between two looks, in whole seconds
 * @param connect longest for one connection
 */
public record WaitForPort(
    String host, int port, boolean open, Duration patience, Duration sleep, Duration connect)
    implements Operation<Boolean> {
  @Override
  public String script() {
    return "wait-port";
  }

  @Override
  public String purpose() {
    return "wait for " + host + ":" + port;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("host", host);
    parameters.put("port", String.valueOf(port));
    parameters.put("open", String.valueOf(open));
    parameters.put("seconds", String.valueOf(patience.toSeconds()));
    parameters.put("sleep", String.valueOf(Math.max(1, sleep.toSeconds())));
    parameters.put("connect", String.valueOf(Math.max(1, connect.toSeconds())));
    return parameters;
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public Boolean result(Reply reply) {
    return reply.flag("reached");
  }
}
