package dev.edgefleet.transport.ssh.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The words of ssh_config(5) that are read, and which of the others are let pass. */
enum SshConfigKeyword {
  CA_SIGNATURE_ALGORITHMS("CASignatureAlgorithms"),
  CERTIFICATE_FILE("CertificateFile"),
  CIPHERS("Ciphers"),
  CONNECT_TIMEOUT("ConnectTimeout"),
  GLOBAL_KNOWN_HOSTS_FILE("GlobalKnownHostsFile"),
  HOST_KEY_ALGORITHMS("HostKeyAlgorithms"),
  HOST_KEY_ALIAS("HostKeyAlias"),
  HOST_NAME("HostName"),
  IDENTITIES_ONLY("IdentitiesOnly"),
  IDENTITY_AGENT("IdentityAgent"),
  IDENTITY_FILE("IdentityFile"),
  KEX_ALGORITHMS("KexAlgorithms"),
  MACS("MACs"),
  PORT("Port"),
  PROXY_COMMAND("ProxyCommand"),
  PROXY_JUMP("ProxyJump"),
  PUBKEY_ACCEPTED_ALGORITHMS("PubkeyAcceptedAlgorithms"),
  PUBKEY_ACCEPTED_KEY_TYPES("PubkeyAcceptedKeyTypes"),
  REMOTE_FORWARD("RemoteForward"),
  SERVER_ALIVE_INTERVAL("ServerAliveInterval"),
  STRICT_HOST_KEY_CHECKING("StrictHostKeyChecking"),
  USER("User"),
  USER_KNOWN_HOSTS_FILE("UserKnownHostsFile");

  /** Words that decide nothing here: how a terminal looks, what is forwarded. */
  private static final Set<String> IGNORED =
      Set.of(
          "addkeystoagent",
          "addressfamily",
          "afstokenpassing",
          "batchmode",
          "bindaddress",
          "bindinterface",
          "canonicaldomains",
          "canonicalizefallbacklocal",
          "canonicalizemaxdots",
          "canonicalizepermittedcnames",
          "challengeresponseauthentication",
          "channeltimeout",
          "checkhostip",
          "cipher",
          "clearallforwardings",
          "compression",
          "compressionlevel",
          "connectionattempts",
          "controlmaster",
          "controlpath",
          "controlpersist",
          "dsaauthentication",
          "dynamicforward",
          "enableescapecommandline",
          "enablesshkeysign",
          "escapechar",
          "exitonforwardfailure",
          "fallbacktorsh",
          "fingerprinthash",
          "forkafterauthentication",
          "forwardagent",
          "forwardx11",
          "forwardx11timeout",
          "forwardx11trusted",
          "gatewayports",
          "globalknownhostsfile2",
          "gssapiauthentication",
          "gssapiclientidentity",
          "gssapidelegatecredentials",
          "gssapikexalgorithms",
          "gssapikeyexchange",
          "gssapirenewalforcesrekey",
          "gssapiserveridentity",
          "gssapitrustdns",
          "hashknownhosts",
          "hostbasedacceptedalgorithms",
          "hostbasedauthentication",
          "hostbasedkeytypes",
          "ipqos",
          "kbdinteractiveauthentication",
          "kbdinteractivedevices",
          "keepalive",
          "kerberosauthentication",
          "kerberostgtpassing",
          "keychainintegration",
          "localcommand",
          "localforward",
          "loglevel",
          "logverbose",
          "nohostauthenticationforlocalhost",
          "numberofpasswordprompts",
          "obscurekeystroketiming",
          "passwordauthentication",
          "permitlocalcommand",
          "permitremoteopen",
          "preferredauthentications",
          "protocol",
          "pubkeyauthentication",
          "rekeylimit",
          "remotecommand",
          "requesttty",
          "requiredrsasize",
          "rhostsauthentication",
          "rhostsrsaauthentication",
          "rsaauthentication",
          "securitykeyprovider",
          "sendenv",
          "serveralivecountmax",
          "sessiontype",
          "setenv",
          "skeyauthentication",
          "smartcarddevice",
          "stdinnull",
          "streamlocalbindmask",
          "streamlocalbindunlink",
          "syslogfacility",
          "tag",
          "tcpkeepalive",
          "tisauthentication",
          "tunnel",
          "tunneldevice",
          "updatehostkeys",
          "usekeychain",
          "useprivilegedport",
          "userknownhostsfile2",
          "useroaming",
          "usersh",
          "verifyhostkeydns",
          "visualhostkey",
          "warnweakcrypto",
          "xauthlocation");

  /** Words that would change whom one talks to or whom one trusts, and are not read. */
  private static final Set<String> REFUSED =
      Set.of(
          "canonicalizehostname",
          "knownhostscommand",
          "pkcs11provider",
          "proxyusefdpass",
          "revokedhostkeys",
          "smartcardprovider");

  /** How the word is written in manuals. */
  final String written;

  SshConfigKeyword(String written) {
    this.written = written;
  }

  /** Finds a word in any case. */
  static Optional<SshConfigKeyword> of(String word) {
    for (SshConfigKeyword keyword : values()) {
      if (keyword.written.equalsIgnoreCase(word)) {
        return Optional.of(keyword);
      }
    }
    return Optional.empty();
  }

  static boolean isIgnored(String word) {
    return IGNORED.contains(word.toLowerCase(Locale.ROOT));
  }

  static boolean isRefused(String word) {
    return REFUSED.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Whether it is not done, and who wrote it has to be told so. */
  boolean isOnlyToldOf() {
    return switch (this) {
      case CA_SIGNATURE_ALGORITHMS,
          CIPHERS,
          HOST_KEY_ALGORITHMS,
          KEX_ALGORITHMS,
          MACS,
          PUBKEY_ACCEPTED_ALGORITHMS,
          PUBKEY_ACCEPTED_KEY_TYPES,
          REMOTE_FORWARD ->
          true;
      default -> false;
    };
  }

  /** Whether the rest of the line is one text, quotes and all. */
  boolean takesWholeLine() {
    return this == PROXY_COMMAND || isOnlyToldOf();
  }

  /** Whether one line may name several. */
  boolean takesSeveral() {
    return this == USER_KNOWN_HOSTS_FILE || this == GLOBAL_KNOWN_HOSTS_FILE;
  }

  /** Whether later lines add to the first; of all others the first one holds. */
  boolean accumulates() {
    return this == IDENTITY_FILE || this == CERTIFICATE_FILE;
  }

  static List<String> words() {
    return List.of(values()).stream().map(keyword -> keyword.written).toList();
  }
}
