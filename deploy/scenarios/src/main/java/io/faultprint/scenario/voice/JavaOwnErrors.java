package io.faultprint.scenario.voice;

import java.util.List;

/** What goes wrong inside a Spring service, or on the disk beneath it. */
final class JavaOwnErrors {

    private JavaOwnErrors() {}

    static Thrown of(Failure failure, String code) {
        return switch (failure.kind()) {
            case BAD_DATA ->
                own(
                        code,
                        "java.lang.IllegalArgumentException",
                        "Unknown currency code: ''",
                        "records",
                        "java.base/java.util.Currency.getInstance(Currency.java:352)");
            case FLAGGED_BUG ->
                own(
                        code,
                        "java.lang.UnsupportedOperationException",
                        "Variant B has no renderer",
                        "experiments",
                        code + ".experiments.Variants.renderer(Variants.java:64)");
            case DEVICE ->
                own(
                        code,
                        "java.io.IOException",
                        "Input/output error",
                        "files",
                        "java.base/sun.nio.ch.FileDispatcherImpl.read0(Native Method)");
            case POISON ->
                own(
                        code,
                        "com.fasterxml.jackson.core.io.JsonEOFException",
                        "Unexpected end-of-input within/between Object entries",
                        "messages",
                        "com.fasterxml.jackson.core.base.ParserMinimalBase._reportInvalidEOF(ParserMinimalBase.java:697)");
            case STARTUP ->
                new Thrown(
                        "org.springframework.beans.factory.BeanCreationException",
                        "Error creating bean with name 'tokenSigner': Could not resolve placeholder 'SIGNING_KEY'",
                        List.of(
                                "org.springframework.beans.factory.support.AbstractAutowireCapableBeanFactory.createBean(AbstractAutowireCapableBeanFactory.java:522)",
                                "org.springframework.boot.SpringApplication.run(SpringApplication.java:335)"),
                        null);
            default -> diskFull(failure, code);
        };
    }

    private static Thrown diskFull(Failure failure, String code) {
        if (failure.operation().startsWith("/")) {
            return own(
                    code,
                    "java.io.IOException",
                    "No space left on device",
                    "spool",
                    "java.base/sun.nio.ch.FileDispatcherImpl.write0(Native Method)");
        }
        return new Thrown(
                "org.springframework.dao.DataAccessResourceFailureException",
                "PreparedStatementCallback; SQL [" + failure.operation() + "]; could not extend file",
                JavaErrors.frames(
                        code,
                        "store",
                        failure.peer(),
                        118,
                        "org.springframework.jdbc.core.JdbcTemplate.execute(JdbcTemplate.java:658)"),
                new Thrown(
                        "org.postgresql.util.PSQLException",
                        "ERROR: could not extend file \"base/16384/2619\": No space left on device",
                        List.of(
                                "org.postgresql.core.v3.QueryExecutorImpl.receiveErrorResponse(QueryExecutorImpl.java:2725)"),
                        null));
    }

    private static Thrown own(String code, String type, String message, String part, String innermost) {
        return new Thrown(type, message, JavaErrors.frames(code, part, part, 73, innermost), null);
    }
}
