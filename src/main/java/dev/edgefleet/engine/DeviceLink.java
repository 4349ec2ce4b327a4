package dev.edgefleet.engine;

import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.DeviceShell;
import dev.edgefleet.template.Variables;
import dev.edgefleet.transport.Connection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One device's connection, opened when first needed and reused by all its steps. */
final class DeviceLink implements AutoCloseable {
  private final Links links;
  private final String device;
  private @Nullable Connection connection;

  DeviceLink(Links links, String device) {
    this.links = links;
    this.device = device;
  }

  DeviceShell shell(Variables variables, Optional<Become> become) {
    Connection open = connection;
    if (open == null) {
      open = links.connect(device, variables);
      connection = open;
    }
    return new DeviceShell(open, become);
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
    }
  }
}
