package dev.edgefleet.remote;

import dev.edgefleet.secret.Secret;
import java.util.Optional;

/**
 * Runs operations as another user, with sudo.
 *
 * @param user whom to become, such as {@code root}
 * @param password what sudo asks the login user for; empty when sudo must not ask
 */
public record Become(String user, Optional<Secret> password) {}
