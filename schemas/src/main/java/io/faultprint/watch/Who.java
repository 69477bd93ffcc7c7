package io.faultprint.watch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/**
 * Who speaks.
 *
 * @param stage ingest, correlate, diagnose or notify
 * @param instance which instance of it, the same after a restart
 * @param configuration fingerprint of the configuration that its output depends on
 */
public record Who(String stage, String instance, String configuration) {

    /** The version of Faultprint, as the build wrote it. */
    public static String version() {
        try (InputStream in = Who.class.getResourceAsStream("version")) {
            if (in == null) {
                throw new IllegalStateException("resource version is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of this machine. */
    public static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
