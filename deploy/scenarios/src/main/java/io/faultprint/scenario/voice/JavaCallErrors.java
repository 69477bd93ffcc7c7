package io.faultprint.scenario.voice;

/** Calls of a Spring service that did not get through, or were turned away. */
final class JavaCallErrors {

    private JavaCallErrors() {}

    static Thrown of(Failure failure, String code, String url) {
        String peer = failure.peer();
        return switch (failure.kind()) {
            case DNS ->
                JavaErrors.http(
                        code,
                        failure,
                        "I/O error on request for " + url + ": " + peer + ": Temporary failure in name resolution",
                        "java.net.UnknownHostException",
                        peer + ": Temporary failure in name resolution",
                        "java.base/java.net.Inet6AddressImpl.lookupAllHostAddr(Native Method)");
            case CERTIFICATE ->
                JavaErrors.http(
                        code,
                        failure,
                        "I/O error on request for " + url + ": PKIX path validation failed",
                        "javax.net.ssl.SSLHandshakeException",
                        "PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed",
                        "java.base/sun.security.ssl.Alert.createSSLException(Alert.java:131)");
            case UNREACHABLE ->
                JavaErrors.http(
                        code,
                        failure,
                        "I/O error on request for " + url + ": Connect timed out",
                        "java.net.SocketTimeoutException",
                        "Connect timed out",
                        "java.base/sun.nio.ch.NioSocketImpl.timedFinishConnect(NioSocketImpl.java:546)");
            case UNAUTHORIZED ->
                answered(code, peer, "HttpClientErrorException$Unauthorized", "401 Unauthorized on request for " + url);
            case THROTTLED ->
                answered(
                        code,
                        peer,
                        "HttpClientErrorException$TooManyRequests",
                        "429 Too Many Requests on request for " + url + ": \"rate limit exceeded\"");
            default ->
                new Thrown(
                        "io.github.resilience4j.circuitbreaker.CallNotPermittedException",
                        "CircuitBreaker '" + peer + "' is OPEN and does not permit further calls",
                        JavaErrors.frames(
                                code,
                                "client",
                                peer,
                                51,
                                "io.github.resilience4j.circuitbreaker.CallNotPermittedException.createCallNotPermittedException(CallNotPermittedException.java:37)"),
                        null);
        };
    }

    private static Thrown answered(String code, String peer, String type, String message) {
        return new Thrown(
                "org.springframework.web.client." + type,
                message,
                JavaErrors.frames(
                        code,
                        "client",
                        peer,
                        64,
                        "org.springframework.web.client.RestTemplate.doExecute(RestTemplate.java:902)"),
                null);
    }
}
