package io.faultprint.scenario.voice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Failures in the words of nginx's error log. */
final class NginxErrors {

    private NginxErrors() {}

    static Thrown of(Failure failure, @Nullable String client) {
        String upstream = ", client: " + client + ", server: shop.example, upstream: \"http://10.96.3.20:8080/\"";
        String message = switch (failure.kind()) {
            case TIMEOUT, UNREACHABLE ->
                "upstream timed out (110: Connection timed out) while reading response header from upstream";
            case REFUSED -> "connect() failed (111: Connection refused) while connecting to upstream";
            case RESET -> "upstream prematurely closed connection while reading response header from upstream";
            case OVERLOADED -> "worker_connections are not enough";
            case DNS -> "storefront could not be resolved (110: Operation timed out)";
            case CERTIFICATE ->
                "upstream SSL certificate verify error: (10:certificate has expired) while SSL handshaking to upstream";
            case DISK_FULL ->
                "pwrite() \"/var/cache/nginx/client_temp/0000000017\" failed (28: No space left on device)";
            case DEVICE -> "pread() \"/usr/share/nginx/html/app.css\" failed (5: Input/output error)";
            case UNKNOWN_HOST -> "storefront could not be resolved (3: Host not found)";
            default -> "upstream sent an error response";
        };
        return new Thrown("nginx", message + upstream, List.of(), null);
    }
}
