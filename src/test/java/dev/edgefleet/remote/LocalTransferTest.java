package dev.edgefleet.remote;

import dev.edgefleet.remote.file.TransferContract;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.local.LocalConnection;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

final class LocalTransferTest implements TransferContract {
  @TempDir private Path directory;

  @Override
  public Connection connect() {
    return new LocalConnection(directory, Map.of());
  }

  @Override
  public String path(String name) {
    return directory.resolve(name).toString();
  }
}
