/*
 * The lab's stand-in for the IoT Edge 1.1 security daemon: it reads config.yaml as the real one does,
 * refuses what the real one refuses, in its words and with its exit codes, and otherwise runs until it
 * is told to stop. It starts no modules and talks to nobody.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "settings.h"

enum { EXIT_OTHER = 1, EXIT_SETTINGS = 153 };

static void say(int priority, const char *level, const char *format, va_list arguments) {
  char stamp[sizeof "2000-01-01T00:00:00Z"];
  time_t now = time(NULL);

  strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", gmtime(&now));
  fprintf(stderr, "<%d>%s [%s] - ", priority, stamp, level);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
}

static void info(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void error(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void info(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  say(6, "INFO", format, arguments);
  va_end(arguments);
}

static void error(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  say(3, "ERR!", format, arguments);
  va_end(arguments);
}

static int refuse_settings(const char *cause) {
  error("The daemon could not start up successfully: Could not load settings");
  error("\tcaused by: %s", cause);
  return EXIT_SETTINGS;
}

/* Tests count these lines to prove that nothing was restarted. */
static void note_start(void) {
  const char *folder = getenv("STATE_DIRECTORY");
  char path[4096];

  if (folder == NULL) {
    return;
  }
  snprintf(path, sizeof path, "%s/starts", folder);
  FILE *starts = fopen(path, "a");
  if (starts == NULL || fprintf(starts, "%lld\n", (long long)time(NULL)) < 0 || fclose(starts) != 0) {
    error("Could not write %s: %s", path, strerror(errno));
  }
}

/* The socket by whose presence and mode the `iotedge` command knows whether it may ask. */
static void open_management_socket(void) {
  const char *folder = getenv("RUNTIME_DIRECTORY");
  struct sockaddr_un address = {.sun_family = AF_UNIX};

  if (folder == NULL) {
    return;
  }
  snprintf(address.sun_path, sizeof address.sun_path, "%s/mgmt.sock", folder);
  unlink(address.sun_path);
  int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0
      || chmod(address.sun_path, 0660) != 0 || listen(listener, 8) != 0) {
    error("Could not listen on %s: %s", address.sun_path, strerror(errno));
  }
}

static bool is_readable(const char *path, const char *variable) {
  struct stat state;
  int file = open(path, O_RDONLY);
  bool readable = file >= 0 && fstat(file, &state) == 0 && S_ISREG(state.st_mode);

  if (file >= 0) {
    close(file);
  }
  if (!readable) {
    error("Path set in env variable %s is invalid or cannot be accessed: '%s'", variable, path);
  }
  return readable;
}

static int check_identity(const struct settings *settings) {
  bool manual = settings->provisioning == MANUAL_X509;
  char cause[MESSAGE_SIZE];
  char *cert = settings_path(settings->identity_cert,
                             manual ? "provisioning.authentication.identity_cert"
                                    : "provisioning.attestation.identity_cert",
                             cause);
  char *key = cert == NULL ? NULL
                           : settings_path(settings->identity_pk,
                                           manual ? "provisioning.authentication.identity_pk"
                                                  : "provisioning.attestation.identity_pk",
                                           cause);
  if (key == NULL) {
    error("The daemon could not start up successfully: Could not load settings");
    error("\tcaused by: The daemon could not start up successfully: Could not configure Edge X.509 "
          "identity certificate");
    error("\tcaused by: %s", cause);
    return EXIT_SETTINGS;
  }
  info("Initializing hsm...");
  bool readable = is_readable(cert, "IOTEDGE_DEVICE_IDENTITY_CERT");
  readable = is_readable(key, "IOTEDGE_DEVICE_IDENTITY_PK") && readable;
  if (!readable) {
    error("The daemon could not start up successfully: Could not initialize HSM");
    error("\tcaused by: HSM failure");
    return EXIT_OTHER;
  }
  info("Finished initializing hsm.");
  return 0;
}

static int unreachable(const char *how, const char *what) {
  info("Starting provisioning edge device via %s...", how);
  error("The daemon could not start up successfully: Could not initialize %s", what);
  return EXIT_OTHER;
}

static int provision(const struct settings *settings) {
  char cause[MESSAGE_SIZE];

  info("Provisioning edge device...");
  switch (settings->provisioning) {
    case MANUAL_CONNECTION_STRING:
      info("Starting provisioning edge device via manual mode using a device connection string...");
      if (!settings_check_connection_string(settings->connection_string, cause)) {
        return refuse_settings(cause);
      }
      break;
    case MANUAL_X509:
      info("Starting provisioning edge device via manual mode using X509 identity certificate...");
      break;
    case DPS_TPM: return unreachable("TPM", "DPS provisioning client");
    case DPS_SYMMETRIC_KEY: return unreachable("symmetric key", "DPS provisioning client");
    case DPS_X509: return unreachable("X509 provisioning", "DPS provisioning client");
    case EXTERNAL: return unreachable("external provisioning mode", "external provisioning client");
  }
  info("Finished provisioning edge device.");
  return 0;
}

static int run(const char *config) {
  struct settings settings;
  char cause[MESSAGE_SIZE];
  sigset_t stop;
  int signal, status = 0;

  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  sigprocmask(SIG_BLOCK, &stop, NULL);

  note_start();
  info("Starting Azure IoT Edge Security Daemon");
  info("Version - 1.1.19");
  info("Using config file: %s", config);
  const struct value *document = document_read(config, cause);
  if (document == NULL || !settings_read(document, &settings, cause)) {
    return refuse_settings(cause);
  }
  if (settings.identity_cert != NULL) {
    status = check_identity(&settings);
  }
  if (status == 0) {
    status = provision(&settings);
  }
  if (status != 0) {
    return status;
  }
  open_management_socket();
  info("Starting management API...");
  info("Starting workload API...");
  sigwait(&stop, &signal);
  info("Shutdown complete.");
  return 0;
}

/* Says only what the parser makes of a file, in the parser's own notation. */
static int check(const char *config) {
  char message[MESSAGE_SIZE];
  const struct value *document = document_read(config, message);

  if (document == NULL) {
    printf("REJECT\t%s\n", message);
    return EXIT_SETTINGS;
  }
  fputs("ACCEPT\t", stdout);
  document_print(stdout, document_get(document, "provisioning"));
  fputc('\n', stdout);
  return 0;
}

int main(int count, char **arguments) {
  if (count == 3 && strcmp(arguments[1], "-c") == 0) {
    return run(arguments[2]);
  }
  if (count == 3 && strcmp(arguments[1], "--check") == 0) {
    return check(arguments[2]);
  }
  fputs("Usage: iotedged -c FILE | --check FILE\n", stderr);
  return 2;
}
