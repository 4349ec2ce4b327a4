package dev.edgefleet.transport.winrm;

import static com.xebialabs.overthere.ConnectionOptions.ADDRESS;
import static com.xebialabs.overthere.ConnectionOptions.OPERATING_SYSTEM;
import static com.xebialabs.overthere.ConnectionOptions.PASSWORD;
import static com.xebialabs.overthere.ConnectionOptions.USERNAME;
import static com.xebialabs.overthere.cifs.BaseCifsConnectionBuilder.CONNECTION_TYPE;
import static com.xebialabs.overthere.smb.SmbConnectionBuilder.SMB_PORT;
import static com.xebialabs.overthere.smb.SmbConnectionBuilder.SMB_REQUIRE_SIGNING;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.File;
import com.xebialabs.overthere.ConnectionOptions;
import com.xebialabs.overthere.OperatingSystemFamily;
import com.xebialabs.overthere.cifs.CifsConnectionType;
import com.xebialabs.overthere.smb.ShareConnection;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.transport.FileShare;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device's files by SMB, as the same account as its commands. */
final class SmbShare implements FileShare, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SmbShare.class);
  // What servers commonly take in one request.
  private static final int BLOCK = 1024 * 1024;

  private final ShareConnection connection;
  private final Map<String, Boolean> reachable = new HashMap<>();

  private SmbShare(ShareConnection connection) {
    this.connection = connection;
  }

  /**
   * Connects and logs in.
   *
   * @return nothing when nobody answers; files then go the way of the commands
   * @throws Refused when the device does not let the account in, or does not sign though it has to
   */
  static Optional<SmbShare> open(WinRmTarget target, ShareSettings settings) {
    // With its backslash, so that C:\edge does not stand for C:\edgefleet as well.
    Map<String, String> mappings = new LinkedHashMap<>();
    settings.mappings().forEach((directory, share) -> mappings.put(slash(directory), slash(share)));
    ConnectionOptions options = new ConnectionOptions();
    options.set(CONNECTION_TYPE, CifsConnectionType.WINRM_INTERNAL);
    options.set(OPERATING_SYSTEM, OperatingSystemFamily.WINDOWS);
    options.set(ADDRESS, target.host());
    options.set(USERNAME, target.user());
    options.set(PASSWORD, target.password().map(Secret::reveal).orElse(""));
    options.set(SMB_PORT, settings.port());
    options.set(SMB_REQUIRE_SIGNING, settings.signingRequired());
    ShareConnection connection = new ShareConnection(options, mappings);
    try {
      connection.connect();
      return Optional.of(new SmbShare(connection));
    } catch (SMBApiException refused) {
      close(connection);
      throw refused(target, settings, refused);
    } catch (RuntimeException e) {
      // Its threads would wait for the device.
      close(connection);
      Throwable cause = e.getCause();
      if (cause instanceof SMBApiException refused) {
        throw refused(target, settings, refused);
      }
      LOG.info(
          "no SMB on {}:{} ({}): files go by WinRM",
          target.host(),
          settings.port(),
          WinRmErrors.reason(cause == null ? e : cause));
      return Optional.empty();
    }
  }

  private static String slash(String path) {
    String plain = path.replace('/', '\\');
    return plain.endsWith("\\") ? plain : plain + "\\";
  }

  private static Refused refused(
      WinRmTarget target, ShareSettings settings, SMBApiException cause) {
    return new Refused(
        target.host()
            + ":"
            + settings.port()
            + " does not let in "
            + target.user()
            + " by SMB: "
            + cause.getStatus(),
        "Check that the account may use the device's shares, or leave SMB out.",
        cause);
  }

  @Override
  public boolean covers(String path) {
    if (!path.matches("[A-Za-z]:[\\\\/].+")) {
      return false;
    }
    return reachable.computeIfAbsent(connection.locate(path).share(), this::isReachable);
  }

  private boolean isReachable(String share) {
    try {
      return connection.share(share).isConnected();
    } catch (RuntimeException e) {
      LOG.info("the share {} cannot be used ({}): files go by WinRM", share, WinRmErrors.reason(e));
      return false;
    }
  }

  @Override
  public void write(String path, InputStream content, long offset) throws IOException {
    try (File file =
        file(
            path,
            EnumSet.of(AccessMask.GENERIC_WRITE),
            offset == 0
                ? SMB2CreateDisposition.FILE_OVERWRITE_IF
                : SMB2CreateDisposition.FILE_OPEN)) {
      byte[] block = new byte[BLOCK];
      long position = offset;
      for (int count = content.readNBytes(block, 0, BLOCK);
          count > 0;
          count = content.readNBytes(block, 0, BLOCK)) {
        write(file, block, count, position);
        position += count;
      }
    } catch (RuntimeException e) {
      throw new IOException(WinRmErrors.reason(e), e);
    }
  }

  private static void write(File file, byte[] block, int count, long position) throws IOException {
    int done = 0;
    while (done < count) {
      long written = file.write(block, position + done, done, count - done);
      if (written <= 0) {
        throw new IOException("the share took nothing");
      }
      done = Math.toIntExact(done + written);
    }
  }

  @Override
  public InputStream read(String path) throws IOException {
    try {
      File file = file(path, EnumSet.of(AccessMask.GENERIC_READ), SMB2CreateDisposition.FILE_OPEN);
      return new FilterInputStream(file.getInputStream()) {
        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          try {
            return super.read(target, offset, length);
          } catch (RuntimeException e) {
            throw new IOException(WinRmErrors.reason(e), e);
          }
        }

        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public void close() throws IOException {
          try (file) {
            super.close();
          }
        }
      };
    } catch (RuntimeException e) {
      throw new IOException(WinRmErrors.reason(e), e);
    }
  }

  private File file(String path, EnumSet<AccessMask> access, SMB2CreateDisposition disposition) {
    ShareConnection.Located located = connection.locate(path);
    DiskShare share = connection.share(located.share());
    return share.openFile(located.path(), access, null, SMB2ShareAccess.ALL, disposition, null);
  }

  @Override
  public void close() {
    close(connection);
  }

  private static void close(ShareConnection connection) {
    try {
      connection.close();
    } catch (RuntimeException gone) {
      LOG.debug("closing the share: {}", WinRmErrors.reason(gone));
    }
  }
}
