package dev.edgefleet.lab.adversary;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.DeviceShell;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.file.FileContent;
import dev.edgefleet.transport.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
      Object result = shell.perform(deed.operation(), header, LIMIT);
      // A record says all that it holds, but for bytes.
      return result instanceof FileContent file
          ? file.state() + new String(file.bytes(), StandardCharsets.ISO_8859_1)
          : result.toString();
    } catch (Failure e) {
      return "failed: " + e.what() + " " + e.remedy();
    }
  }

  @Override
  public void close() {
    shell.close();
  }
}
