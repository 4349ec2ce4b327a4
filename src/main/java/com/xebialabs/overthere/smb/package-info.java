/**
 * The one class that lets a file on a share be written from the middle on, which OverThere's SMB
 * files cannot. It stands in OverThere's package because its shares and paths are not public.
 */
@NullMarked
package com.xebialabs.overthere.smb;

import org.jspecify.annotations.NullMarked;
