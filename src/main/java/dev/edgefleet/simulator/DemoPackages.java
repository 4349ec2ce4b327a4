package dev.edgefleet.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Stand-ins for Microsoft's packages, which simulated devices take for the real ones. */
public final class DemoPackages {
  private static final int CAB_SIZE = 300_000;
  private static final int MSI_SIZE = 500_000;
  private static final long SEED = 17763;

  private DemoPackages() {}

  /** Writes the cab, named as its download is, the setup script and EFLOW's installer. */
  public static void make(Path directory) {
    Random random = new Random(SEED);
    try {
      Files.createDirectories(directory);
      write(directory.resolve("microsoft-azure-iotedge-amd64.cab"), CAB_SIZE, random);
      write(directory.resolve("AzureIoTEdge.msi"), MSI_SIZE, random);
      Files.writeString(
          directory.resolve("IotEdgeSecurityDaemon.ps1"),
          "# A stand-in: simulated devices know what the real one does.\n",
          StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, int size, Random random) throws IOException {
    byte[] content = new byte[size];
    random.nextBytes(content);
    Files.write(file, content);
  }
}
