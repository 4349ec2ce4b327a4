package dev.edgefleet.lab.adversary;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.DeviceShell;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.Reply;
import dev.edgefleet.transport.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Drives the operations of this version. */
final class ProductDriver implements Driver {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final DeviceShell shell;
  private int step;

  ProductDriver(Connection connection) {
    this.shell = new DeviceShell(connection, Optional.of(new Become("root", Optional.empty())));
  }

  @Override
  public String perform(Deed deed) {
    var header = new OperationHeader("adversary", "step " + step++, "1/tester");
    try {
      Reply reply = shell.perform(new Overheard(deed.operation()), header, LIMIT);
      return String.join("\n", reply.values().values())
          + "\n"
          + new String(reply.body(), StandardCharsets.ISO_8859_1)
          + new String(reply.errors(), StandardCharsets.ISO_8859_1);
    } catch (Failure e) {
      return "failed: " + e.what() + " " + e.remedy();
    }
  }

  @Override
  public void close() {}

  /** Hands out the answer as it came. */
  private record Overheard(Operation<?> operation) implements Operation<Reply> {
    @Override
    public String script() {
      return operation.script();
    }

    @Override
    public String purpose() {
      return operation.purpose();
    }

    @Override
    public Map<String, String> parameters() {
      return operation.parameters();
    }

    @Override
    public byte[] body() {
      return operation.body();
    }

    @Override
    public boolean changes() {
      return operation.changes();
    }

    @Override
    public Reply result(Reply reply) {
      return reply;
    }
  }
}
