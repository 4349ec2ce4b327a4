package dev.edgefleet.edge.windows;

/** Where things are on a Windows device. */
public final class WindowsDirectories {
  /** edgefleet's own. */
  public static final String OWN = "C:\\ProgramData\\edgefleet";

  public static final String IDENTITY = OWN + "\\identity";

  /** Microsoft's script and what it installs from. */
  static final String SETUP = OWN + "\\iotedge";

  static final String SETUP_SCRIPT = SETUP + "\\IotEdgeSecurityDaemon.ps1";

  /** Where Microsoft's script comes from when nobody gives it. */
  static final String SETUP_ADDRESS = "https://aka.ms/iotedge-win";

  static final String CONFIG = "C:\\ProgramData\\iotedge\\config.yaml";

  public static final String EFLOW_MODULE = "module AzureEFLOW";

  private WindowsDirectories() {}
}
