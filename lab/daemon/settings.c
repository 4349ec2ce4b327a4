#include "settings.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char PLACEHOLDER[] = "<ADD DEVICE CONNECTION STRING HERE>";

/* The text of a setting; NULL when it is not set. A number is taken as its digits. */
static const char *text_of(const struct value *section, const char *key) {
  static char digits[4][32];
  static int next = 0;
  const struct value *value = document_get(section, key);

  if (value == NULL || value->kind == NULL_VALUE || value->text == NULL) {
    return NULL;
  }
  if (value->kind != INTEGER) {
    return value->text;
  }
  char *number = digits[next++ % 4];
  snprintf(number, sizeof digits[0], "%lld", value->integer);
  return number;
}

static bool is_set(const struct value *section, const char *key) {
  const struct value *value = document_get(section, key);
  return value != NULL && value->kind != NULL_VALUE;
}

static bool refuse(char *message, const char *format, const char *what) {
  snprintf(message, MESSAGE_SIZE, format, what);
  return false;
}

static bool all_set(const struct value *section, const char *const *keys, char *message) {
  for (; *keys != NULL; keys++) {
    if (!is_set(section, *keys)) {
      return refuse(message, "missing field `%s`", *keys);
    }
  }
  return true;
}

/* True when the text has a scheme, which is all that tells a URL from a path. */
static bool is_url(const char *text) {
  size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
  return isalpha((unsigned char)text[0]) && text[length] == ':';
}

static bool urls(const struct value *section, const char *const *keys, char *message) {
  for (; *keys != NULL; keys++) {
    const char *text = text_of(section, *keys);
    if (text != NULL && !is_url(text)) {
      snprintf(message, MESSAGE_SIZE,
               "invalid value: string \"%s\", expected relative URL without a base", text);
      return false;
    }
  }
  return true;
}

static bool read_identity(const struct value *section, struct settings *settings, char *message) {
  static const char *const uris[] = {"identity_cert", "identity_pk", NULL};

  if (!urls(section, uris, message) || !all_set(section, uris, message)) {
    return false;
  }
  settings->identity_cert = text_of(section, "identity_cert");
  settings->identity_pk = text_of(section, "identity_pk");
  return true;
}

static bool read_authentication(const struct value *section, struct settings *settings, char *message) {
  static const char *const common[] = {"method", NULL};
  static const char *const connection_string[] = {"device_connection_string", NULL};
  static const char *const x509[] = {"iothub_hostname", "device_id", NULL};

  if (!all_set(section, common, message)) {
    return false;
  }
  const char *method = text_of(section, "method");
  if (method != NULL && strcmp(method, "device_connection_string") == 0) {
    settings->provisioning = MANUAL_CONNECTION_STRING;
    settings->connection_string = text_of(section, "device_connection_string");
    return all_set(section, connection_string, message);
  }
  if (method != NULL && strcmp(method, "x509") == 0) {
    settings->provisioning = MANUAL_X509;
    return all_set(section, x509, message) && read_identity(section, settings, message);
  }
  return refuse(message, "unknown variant `%s`, expected `device_connection_string` or `x509`",
                method == NULL ? "" : method);
}

static bool read_manual(const struct value *section, struct settings *settings, char *message) {
  bool legacy = is_set(section, "device_connection_string");
  bool authentication = is_set(section, "authentication");

  if (legacy == authentication) {
    return refuse(message,
                  "%s of provisioning.device_connection_string or provisioning.authentication must be "
                  "set in the config.yaml.",
                  legacy ? "Only one" : "One");
  }
  if (authentication) {
    return read_authentication(document_get(section, "authentication"), settings, message);
  }
  settings->provisioning = MANUAL_CONNECTION_STRING;
  settings->connection_string = text_of(section, "device_connection_string");
  return true;
}

static bool read_attestation(const struct value *section, struct settings *settings, char *message) {
  static const char *const common[] = {"method", NULL};
  static const char *const tpm[] = {"registration_id", NULL};
  static const char *const symmetric_key[] = {"registration_id", "symmetric_key", NULL};

  if (!all_set(section, common, message)) {
    return false;
  }
  const char *method = text_of(section, "method");
  if (method != NULL && strcmp(method, "tpm") == 0) {
    settings->provisioning = DPS_TPM;
    return all_set(section, tpm, message);
  }
  if (method != NULL && strcmp(method, "symmetric_key") == 0) {
    settings->provisioning = DPS_SYMMETRIC_KEY;
    return all_set(section, symmetric_key, message);
  }
  if (method != NULL && strcmp(method, "x509") == 0) {
    settings->provisioning = DPS_X509;
    return read_identity(section, settings, message);
  }
  return refuse(message, "unknown variant `%s`, expected one of `tpm`, `symmetric_key`, `x509`",
                method == NULL ? "" : method);
}

static bool read_dps(const struct value *section, struct settings *settings, char *message) {
  static const char *const endpoint[] = {"global_endpoint", NULL};
  static const char *const required[] = {"global_endpoint", "scope_id", NULL};
  bool attestation = is_set(section, "attestation");
  bool registration_id = is_set(section, "registration_id");

  if (!urls(section, endpoint, message) || !all_set(section, required, message)) {
    return false;
  }
  if (attestation == registration_id) {
    return refuse(message, "Provisioning registration_id has to be set%s",
                  attestation ? " only in attestation" : "");
  }
  settings->provisioning = DPS_TPM;
  return !attestation || read_attestation(document_get(section, "attestation"), settings, message);
}

bool settings_read(const struct value *document, struct settings *settings, char *message) {
  static const char *const endpoint[] = {"endpoint", NULL};
  const struct value *section = document_get(document, "provisioning");
  const char *source = text_of(section, "source");

  *settings = (struct settings){.provisioning = EXTERNAL};
  if (source == NULL || strcmp(source, "manual") == 0) {
    return read_manual(section, settings, message);
  }
  if (strcmp(source, "dps") == 0) {
    return read_dps(section, settings, message);
  }
  if (strcmp(source, "external") == 0) {
    return urls(section, endpoint, message) && all_set(section, endpoint, message);
  }
  return refuse(message, "unknown variant `%s`, expected one of `manual`, `dps`, `external`", source);
}

static bool made_of(const char *text, const char *marks, size_t longest) {
  size_t length = strlen(text);

  for (const char *at = text; *at != '\0'; at++) {
    if (!isalnum((unsigned char)*at) && strchr(marks, *at) == NULL) {
      return false;
    }
  }
  return length > 0 && length <= longest;
}

/* The part of a connection string under a name, up to the next `=` or `;`; NULL when it is not there. */
static char *part_of(const char *connection_string, const char *name) {
  char *copy = strdup(connection_string);
  char *rest = copy, *part, *found = NULL;

  while ((part = strsep(&rest, ";")) != NULL) {
    char *value = part;
    const char *key = strsep(&value, "=");
    if (strcmp(key, name) == 0) {
      value = value == NULL ? part + strlen(part) : value;
      free(found);
      found = strndup(value, strcspn(value, "="));
    }
  }
  free(copy);
  return found;
}

bool settings_check_connection_string(const char *connection_string, char *message) {
  static const char missing[] = "The Connection String is missing required parameter %s";
  static const char malformed[] = "The Connection String has a malformed value for parameter %s.";

  if (*connection_string == '\0') {
    return refuse(message,
                  "The Connection String is empty. Please update the config.yaml and provide the "
                  "IoTHub connection information.%s",
                  "");
  }
  if (strcmp(connection_string, PLACEHOLDER) == 0) {
    return refuse(message,
                  "Edge device information is required.\n"
                  "Please update config.yaml with the IoT Hub connection information.\n"
                  "See %s for more details.",
                  "https://aka.ms/iot-edge-configure-linux");
  }
  char *key = part_of(connection_string, "SharedAccessKey");
  char *device = part_of(connection_string, "DeviceId");
  char *hub = part_of(connection_string, "HostName");
  if (key == NULL) {
    return refuse(message, missing, "SharedAccessKey");
  }
  if (!made_of(key, "+/", MESSAGE_SIZE) || strlen(key) % 4 == 1) {
    return refuse(message, malformed, "SharedAccessKey");
  }
  if (device == NULL || !made_of(device, "-:.+%_#*?!(),=@;$'", 128)) {
    return refuse(message, malformed, "DeviceId");
  }
  if (hub == NULL) {
    return refuse(message, missing, "HostName");
  }
  return made_of(hub, "_-.", MESSAGE_SIZE) || refuse(message, malformed, "HostName");
}

static void decode_percent(char *text) {
  char *to = text;

  for (const char *from = text; *from != '\0'; to++) {
    unsigned int byte;
    if (*from == '%' && isxdigit((unsigned char)from[1]) && sscanf(from + 1, "%2x", &byte) == 1
        && isxdigit((unsigned char)from[2])) {
      *to = (char)byte;
      from += 3;
    } else {
      *to = *from++;
    }
  }
  *to = '\0';
}

char *settings_path(const char *uri, const char *setting, char *message) {
  const char *rest = uri + strlen("file:");
  bool file = strncasecmp(uri, "file:", strlen("file:")) == 0;
  bool plain = file && strpbrk(rest, "?") == NULL;

  if (plain && strncmp(rest, "//", 2) == 0) {
    rest += 2;
    size_t host = strcspn(rest, "/#");
    plain = host == 0 || (host == strlen("localhost") && strncasecmp(rest, "localhost", host) == 0);
    rest += host;
  }
  if (!plain) {
    snprintf(message, MESSAGE_SIZE,
             "File URI %s is unsupported for '%s'. Please check the config.yaml file.", uri, setting);
    return NULL;
  }
  size_t length = strcspn(rest, "#");
  char *path = calloc(length + 2, 1);
  if (path == NULL) {
    return NULL;
  }
  snprintf(path, length + 2, "%s%.*s", *rest == '/' ? "" : "/", (int)length, rest);
  decode_percent(path);
  return path;
}
