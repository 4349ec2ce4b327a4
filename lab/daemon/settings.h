/* The settings that the IoT Edge 1.1 daemon takes from its config.yaml. */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "document.h"

enum provisioning {
  MANUAL_CONNECTION_STRING,
  MANUAL_X509,
  DPS_TPM,
  DPS_SYMMETRIC_KEY,
  DPS_X509,
  EXTERNAL
};

struct settings {
  enum provisioning provisioning;
  const char *connection_string; /* MANUAL_CONNECTION_STRING only */
  const char *identity_cert;     /* file URIs as written: the X.509 kinds only */
  const char *identity_pk;
};

/* False when the daemon would not take the document, with its words in `message`. */
bool settings_read(const struct value *document, struct settings *settings, char *message);

/* False when the connection string is none, with the daemon's words in `message`. */
bool settings_check_connection_string(const char *connection_string, char *message);

/*
 * The absolute path a file URI names; NULL when the daemon does not support it, with its words in
 * `message`. `setting` is the full name of the setting, for the message.
 */
char *settings_path(const char *uri, const char *setting, char *message);

#endif
