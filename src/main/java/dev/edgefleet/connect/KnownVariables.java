package dev.edgefleet.connect;

import static dev.edgefleet.connect.ConnectionVariable.honoured;
import static dev.edgefleet.connect.ConnectionVariable.ignored;
import static dev.edgefleet.connect.ConnectionVariable.refused;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one table of connection variables: all that ansible-core's connections, shells and ways to
 * become another user know, and what edgefleet makes of each.
 */
public final class KnownVariables {
  static final ConnectionVariable CONNECTION =
      honoured("ssh (also smart, paramiko), winrm or local; ssh by default.", "ansible_connection");
  static final ConnectionVariable HOST =
      honoured("Where the device is; its name by default.", "ansible_host", "ansible_ssh_host");
  static final ConnectionVariable PORT =
      honoured("Port of the service there.", "ansible_port", "ansible_ssh_port");
  static final ConnectionVariable USER =
      honoured("Whom to log in as.", "ansible_user", "ansible_ssh_user");
  static final ConnectionVariable PASSWORD =
      honoured(
          "Password of the login.", "ansible_password", "ansible_ssh_pass", "ansible_ssh_password");
  static final ConnectionVariable PRIVATE_KEY =
      honoured(
          "File of the private key.", "ansible_private_key_file", "ansible_ssh_private_key_file");
  static final ConnectionVariable SSH_ARGS =
      honoured("Arguments of ssh, before all others.", "ansible_ssh_args");
  static final ConnectionVariable SSH_COMMON_ARGS =
      honoured("Arguments of ssh, in place of --ssh-common-args.", "ansible_ssh_common_args");
  static final ConnectionVariable SSH_EXTRA_ARGS =
      honoured("Arguments of ssh, after all others.", "ansible_ssh_extra_args");
  static final ConnectionVariable TIMEOUT =
      honoured("Seconds for connecting and logging in.", "ansible_timeout", "ansible_ssh_timeout");
  static final ConnectionVariable HOST_KEY_CHECKING =
      honoured(
          "false trusts the key of a device that is not known yet; a changed key is refused all the"
              + " same.",
          "ansible_host_key_checking",
          "ansible_ssh_host_key_checking");
  static final ConnectionVariable SHELL_TYPE =
      honoured(
          "sh, csh or fish: edgefleet runs /bin/sh whatever it says. powershell and cmd are refused"
              + " with ssh.",
          "ansible_shell_type");

  static final ConnectionVariable PARAMIKO_HOST =
      honoured("As ansible_host, where the connection is paramiko.", "ansible_paramiko_host");
  static final ConnectionVariable PARAMIKO_USER =
      honoured("As ansible_user, where the connection is paramiko.", "ansible_paramiko_user");
  static final ConnectionVariable PARAMIKO_PASSWORD =
      honoured(
          "As ansible_password, where the connection is paramiko.",
          "ansible_paramiko_pass",
          "ansible_paramiko_password");
  static final ConnectionVariable PARAMIKO_HOST_KEY_CHECKING =
      honoured(
          "As ansible_host_key_checking, where the connection is paramiko.",
          "ansible_paramiko_host_key_checking");

  static final ConnectionVariable BECOME =
      honoured("Whether tasks run as another user.", "ansible_become");
  static final ConnectionVariable BECOME_USER =
      honoured("Which user; root by default.", "ansible_become_user");
  static final ConnectionVariable BECOME_PASSWORD =
      honoured(
          "Password for becoming that user.", "ansible_become_password", "ansible_become_pass");
  static final ConnectionVariable BECOME_METHOD =
      honoured("sudo, su or doas; means nothing on Windows.", "ansible_become_method");
  static final ConnectionVariable BECOME_EXE =
      honoured("The program that does it, with its path or words.", "ansible_become_exe");
  static final ConnectionVariable BECOME_FLAGS =
      honoured("Its options; -n, -S and -p are edgefleet's own.", "ansible_become_flags");
  static final ConnectionVariable SUDO_USER = method("ansible_become_user", "ansible_sudo_user");
  static final ConnectionVariable SUDO_PASSWORD =
      method("ansible_become_password", "ansible_sudo_pass");
  static final ConnectionVariable SUDO_EXE = method("ansible_become_exe", "ansible_sudo_exe");
  static final ConnectionVariable SUDO_FLAGS = method("ansible_become_flags", "ansible_sudo_flags");
  static final ConnectionVariable SU_USER = method("ansible_become_user", "ansible_su_user");
  static final ConnectionVariable SU_PASSWORD =
      method("ansible_become_password", "ansible_su_pass");
  static final ConnectionVariable SU_EXE = method("ansible_become_exe", "ansible_su_exe");
  static final ConnectionVariable SU_FLAGS = method("ansible_become_flags", "ansible_su_flags");
  static final ConnectionVariable DOAS_USER = method("ansible_become_user", "ansible_doas_user");
  static final ConnectionVariable DOAS_PASSWORD =
      method("ansible_become_password", "ansible_doas_pass");
  static final ConnectionVariable DOAS_EXE = method("ansible_become_exe", "ansible_doas_exe");
  static final ConnectionVariable DOAS_FLAGS = method("ansible_become_flags", "ansible_doas_flags");

  static final ConnectionVariable WINRM_HOST =
      honoured("As ansible_host, where the connection is winrm.", "ansible_winrm_host");
  static final ConnectionVariable WINRM_PORT =
      honoured("As ansible_port, where the connection is winrm.", "ansible_winrm_port");
  static final ConnectionVariable WINRM_USER =
      honoured("As ansible_user, where the connection is winrm.", "ansible_winrm_user");
  static final ConnectionVariable WINRM_PASSWORD =
      honoured(
          "As ansible_password, where the connection is winrm.",
          "ansible_winrm_pass",
          "ansible_winrm_password");
  static final ConnectionVariable WINRM_SCHEME = honoured("https or http.", "ansible_winrm_scheme");
  static final ConnectionVariable WINRM_PATH =
      honoured("Path of the service; /wsman by default.", "ansible_winrm_path");
  static final ConnectionVariable WINRM_TRANSPORT =
      honoured(
          "basic (also plaintext, ssl) or kerberos; ntlm, credssp and certificate alone are"
              + " refused.",
          "ansible_winrm_transport");
  static final ConnectionVariable WINRM_VALIDATION =
      honoured("validate or ignore.", "ansible_winrm_server_cert_validation");
  static final ConnectionVariable WINRM_AUTHORITY =
      honoured("Authorities whose certificates are believed.", "ansible_winrm_ca_trust_path");
  static final ConnectionVariable WINRM_OPERATION_TIMEOUT =
      honoured(
          "How long the device holds a request while a command is silent.",
          "ansible_winrm_operation_timeout_sec");
  static final ConnectionVariable WINRM_CONNECTION_TIMEOUT =
      honoured("Seconds for connecting.", "ansible_winrm_connection_timeout");
  static final ConnectionVariable WINRM_ENCRYPTION =
      honoured(
          "auto or never; always is refused: HTTPS encrypts everything.",
          "ansible_winrm_message_encryption");
  static final ConnectionVariable FINGERPRINT =
      honoured("SHA-256 of the one certificate that is believed.", "edgefleet_winrm_fingerprint");
  static final ConnectionVariable SMB = honoured("true: large files go by SMB.", "edgefleet_smb");
  static final ConnectionVariable SMB_PORT = honoured("Port of SMB.", "edgefleet_smb_port");
  static final ConnectionVariable SMB_SHARES =
      honoured("Shares by their directory.", "edgefleet_smb_shares");
  static final ConnectionVariable SMB_SIGNING =
      honoured("false allows a device that does not sign.", "edgefleet_smb_signing");

  private static final List<ConnectionVariable> ALL =
      List.of(
          CONNECTION,
          HOST,
          PORT,
          USER,
          PASSWORD,
          PRIVATE_KEY,
          SSH_ARGS,
          SSH_COMMON_ARGS,
          SSH_EXTRA_ARGS,
          TIMEOUT,
          HOST_KEY_CHECKING,
          SHELL_TYPE,
          PARAMIKO_HOST,
          PARAMIKO_USER,
          PARAMIKO_PASSWORD,
          PARAMIKO_HOST_KEY_CHECKING,
          BECOME,
          BECOME_USER,
          BECOME_PASSWORD,
          BECOME_METHOD,
          BECOME_EXE,
          BECOME_FLAGS,
          SUDO_USER,
          SUDO_PASSWORD,
          SUDO_EXE,
          SUDO_FLAGS,
          SU_USER,
          SU_PASSWORD,
          SU_EXE,
          SU_FLAGS,
          DOAS_USER,
          DOAS_PASSWORD,
          DOAS_EXE,
          DOAS_FLAGS,
          WINRM_HOST,
          WINRM_PORT,
          WINRM_USER,
          WINRM_PASSWORD,
          WINRM_SCHEME,
          WINRM_PATH,
          WINRM_TRANSPORT,
          WINRM_VALIDATION,
          WINRM_AUTHORITY,
          WINRM_OPERATION_TIMEOUT,
          WINRM_CONNECTION_TIMEOUT,
          WINRM_ENCRYPTION,
          FINGERPRINT,
          SMB,
          SMB_PORT,
          SMB_SHARES,
          SMB_SIGNING,
          honoured(
              "Needs nothing: no Python is used. Neither is any other ansible_…_interpreter.",
              "ansible_python_interpreter"),
          refused(
              "Load the token's keys into ssh-agent (ssh-add -s PROVIDER) and remove it.",
              "ansible_ssh_pkcs11_provider"),
          refused(
              "edgefleet connects to the device itself: reach it without a proxy and remove it.",
              "ansible_winrm_proxy"),
          refused(
              "Set ansible_host to the name in the device's service principal and remove it.",
              "ansible_winrm_kerberos_hostname_override"),
          ignored(
              "There is one connection a device, and everything goes over it without files of its"
                  + " own.",
              "ansible_pipelining",
              "ansible_ssh_pipelining",
              "ansible_control_path",
              "ansible_control_path_dir",
              "ansible_remote_tmp",
              "ansible_system_tmpdirs",
              "ansible_shell_allow_world_readable_temp",
              "ansible_common_remote_group",
              "ansible_admin_users",
              "ansible_async_dir",
              "ansible_module_compression"),
          ignored(
              "No program of OpenSSH is run.",
              "ansible_ssh_executable",
              "ansible_scp_executable",
              "ansible_scp_extra_args",
              "ansible_scp_if_ssh",
              "ansible_sftp_executable",
              "ansible_sftp_extra_args",
              "ansible_sftp_batch_mode",
              "ansible_ssh_transfer_method",
              "ansible_sshpass_prompt",
              "ansible_paramiko_use_rsa_sha2_algorithms"),
          ignored("There is never a terminal.", "ansible_ssh_use_tty"),
          ignored("Handling edgefleet retry for devices that failed.", "ansible_ssh_retries"),
          ignored("Everything runs in /bin/sh.", "ansible_shell_executable"),
          ignored("ansible_user says whom to log in as.", "ansible_connection_user"),
          ignored("su is asked to speak English.", "ansible_su_prompt_l10n"),
          ignored("Write ansible_become: true.", "ansible_sudo", "ansible_su"),
          ignored(
              "Means nothing on Windows: a session of an administrator is elevated already.",
              "ansible_runas_user",
              "ansible_runas_pass",
              "ansible_runas_flags"),
          ignored(
              "Java's own Kerberos gets the ticket.",
              "ansible_winrm_kinit_cmd",
              "ansible_winrm_kinit_args",
              "ansible_winrm_kinit_env_vars",
              "ansible_winrm_kinit_mode",
              "ansible_winrm_kerberos_mode",
              "ansible_winrm_kerberos_delegation",
              "ansible_winrm_realm"),
          ignored(
              "Follows from ansible_winrm_operation_timeout_sec.",
              "ansible_winrm_read_timeout_sec"),
          ignored(
              "Only ntlm, credssp and certificate use it.",
              "ansible_winrm_cert_pem",
              "ansible_winrm_cert_key_pem",
              "ansible_winrm_credssp_disable_tlsv1_2",
              "ansible_winrm_send_cbt",
              "ansible_winrm_service"),
          ignored(
              "Only the connection psrp reads it.",
              "ansible_psrp_auth",
              "ansible_psrp_ca_cert",
              "ansible_psrp_cert_trust_path",
              "ansible_psrp_cert_validation",
              "ansible_psrp_certificate_key_pem",
              "ansible_psrp_certificate_pem",
              "ansible_psrp_configuration_name",
              "ansible_psrp_connection_backoff",
              "ansible_psrp_connection_timeout",
              "ansible_psrp_credssp_auth_mechanism",
              "ansible_psrp_credssp_disable_tlsv1_2",
              "ansible_psrp_credssp_minimum_version",
              "ansible_psrp_host",
              "ansible_psrp_ignore_proxy",
              "ansible_psrp_max_envelope_size",
              "ansible_psrp_message_encryption",
              "ansible_psrp_negotiate_delegate",
              "ansible_psrp_negotiate_hostname_override",
              "ansible_psrp_negotiate_send_cbt",
              "ansible_psrp_negotiate_service",
              "ansible_psrp_operation_timeout",
              "ansible_psrp_path",
              "ansible_psrp_port",
              "ansible_psrp_protocol",
              "ansible_psrp_proxy",
              "ansible_psrp_read_timeout",
              "ansible_psrp_reconnection_backoff",
              "ansible_psrp_reconnection_retries",
              "ansible_psrp_user"),
          ignored(
              "Only connections of other collections read it.",
              "ansible_docker_extra_args",
              "ansible_network_os"));

  /** Beginnings of names that connections of Ansible's collections read. */
  private static final List<String> OTHER_CONNECTIONS =
      List.of(
          "ansible_aws_ssm_",
          "ansible_buildah_",
          "ansible_docker_",
          "ansible_grpc_",
          "ansible_httpapi_",
          "ansible_kubectl_",
          "ansible_libssh_",
          "ansible_lxc_",
          "ansible_lxd_",
          "ansible_netconf_",
          "ansible_network_",
          "ansible_oc_",
          "ansible_persistent_",
          "ansible_podman_",
          "ansible_vmware_");

  private static final Map<String, ConnectionVariable> BY_NAME = byName();

  /** What is never shown, also when only an old Ansible reads it. */
  public static final Set<String> PASSWORDS =
      Set.of(
          "ansible_password",
          "ansible_ssh_pass",
          "ansible_ssh_password",
          "ansible_paramiko_pass",
          "ansible_paramiko_password",
          "ansible_become_password",
          "ansible_become_pass",
          "ansible_sudo_pass",
          "ansible_su_pass",
          "ansible_doas_pass",
          "ansible_runas_pass",
          "ansible_winrm_pass",
          "ansible_winrm_password",
          "ansible_httpapi_password",
          "ansible_libssh_password");

  private KnownVariables() {}

  private static ConnectionVariable method(String general, String name) {
    String word = name.split("_", -1)[1];
    return honoured("As " + general + ", where the method is " + word + ".", name);
  }

  private static Map<String, ConnectionVariable> byName() {
    Map<String, ConnectionVariable> byName = new LinkedHashMap<>();
    ALL.forEach(variable -> variable.names().forEach(name -> byName.put(name, variable)));
    return byName;
  }

  /** In the order of the documentation. */
  public static List<ConnectionVariable> all() {
    return ALL;
  }

  /** Every name that the table has. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /** Whether a name says something of a connection, whatever edgefleet makes of it. */
  public static boolean has(String name) {
    return of(name).isPresent();
  }

  /** What the table says of a name. */
  public static Optional<ConnectionVariable> of(String name) {
    ConnectionVariable known = BY_NAME.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (name.startsWith("ansible_") && name.endsWith("_interpreter")) {
      return Optional.ofNullable(BY_NAME.get("ansible_python_interpreter"));
    }
    return OTHER_CONNECTIONS.stream().anyMatch(name::startsWith)
        ? Optional.ofNullable(BY_NAME.get("ansible_network_os"))
        : Optional.empty();
  }
}
