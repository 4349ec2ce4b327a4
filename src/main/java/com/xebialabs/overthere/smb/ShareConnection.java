package com.xebialabs.overthere.smb;

import com.hierynomus.smbj.share.DiskShare;
import com.xebialabs.overthere.CmdLine;
import com.xebialabs.overthere.ConnectionOptions;
import com.xebialabs.overthere.OverthereProcess;
import com.xebialabs.overthere.util.DefaultAddressPortMapper;
import java.util.Map;

/** OverThere's SMB connection without a way to run commands, and with its shares in reach. */
public final class ShareConnection extends SmbConnection {
  private final Map<String, String> mappings;

  /** Not connected yet; see {@link #connect}. */
  public ShareConnection(ConnectionOptions options, Map<String, String> mappings) {
    super(SmbConnectionBuilder.SMB_PROTOCOL, options, DefaultAddressPortMapper.INSTANCE, false);
    this.mappings = Map.copyOf(mappings);
  }

  /** A file's place: a share, and the path in it. */
  public record Located(String share, String path) {}

  /** Where a file of the device is to be found. */
  public Located locate(String path) {
    String shared = SmbPaths.getSharePath(SmbPaths.escapeForwardSlashes(path), mappings);
    return new Located(SmbPaths.getShareName(shared), SmbPaths.getPathOnShare(shared));
  }

  /** Opens a share, or returns it when it is open. */
  public DiskShare share(String name) {
    return getShare(name);
  }

  @Override
  public OverthereProcess startProcess(CmdLine line) {
    throw new UnsupportedOperationException("files only");
  }
}
