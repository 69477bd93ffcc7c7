package io.faultprint.scenario.voice;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Failures as a Spring service throws them. */
final class JavaErrors {

    private static final List<String> SERVLET = List.of(
            "org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:885)",
            "org.apache.catalina.core.ApplicationFilterChain.doFilter(ApplicationFilterChain.java:128)",
            "org.apache.tomcat.util.net.SocketProcessorBase.run(SocketProcessorBase.java:52)",
            "java.base/java.lang.Thread.run(Thread.java:840)");

    private JavaErrors() {}

    static Thrown of(Failure failure, String code, int variant) {
        String peer = failure.peer();
        String url = "\"http://" + peer + ":8080" + path(failure.operation()) + "\"";
        return switch (failure.kind()) {
            case TIMEOUT ->
                http(
                        code,
                        failure,
                        "I/O error on request for " + url + ": Read timed out",
                        "java.net.SocketTimeoutException",
                        "Read timed out",
                        "java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:288)");
            case REFUSED ->
                http(
                        code,
                        failure,
                        "I/O error on request for " + url + ": Connection refused",
                        "java.net.ConnectException",
                        "Connection refused",
                        "java.base/sun.nio.ch.Net.pollConnect(Native Method)");
            case RESET ->
                http(
                        code,
                        failure,
                        "I/O error on request for " + url + ": Connection reset",
                        "java.net.SocketException",
                        "Connection reset",
                        "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:328)");
            case UPSTREAM ->
                new Thrown(
                        "org.springframework.web.client.HttpServerErrorException",
                        failure.detail() + " on request for " + url,
                        frames(
                                code,
                                "client",
                                peer,
                                64,
                                "org.springframework.web.client.RestTemplate.doExecute(RestTemplate.java:902)"),
                        null);
            case QUERY_TIMEOUT ->
                new Thrown(
                        "org.springframework.dao.QueryTimeoutException",
                        "PreparedStatementCallback; SQL [" + failure.operation() + "]; query timed out",
                        frames(
                                code,
                                "store",
                                peer,
                                112,
                                "org.springframework.jdbc.core.JdbcTemplate.execute(JdbcTemplate.java:658)"),
                        new Thrown(
                                "org.postgresql.util.PSQLException",
                                "ERROR: canceling statement due to user request",
                                List.of(
                                        "org.postgresql.core.v3.QueryExecutorImpl.receiveErrorResponse(QueryExecutorImpl.java:2725)"),
                                null));
            case POOL_EMPTY ->
                new Thrown(
                        "org.springframework.jdbc.CannotGetJdbcConnectionException",
                        "Failed to obtain JDBC Connection",
                        frames(
                                code,
                                "store",
                                peer,
                                97,
                                "org.springframework.jdbc.datasource.DataSourceUtils.getConnection(DataSourceUtils.java:84)"),
                        new Thrown(
                                "java.sql.SQLTransientConnectionException",
                                "HikariPool-1 - Connection is not available, request timed out after "
                                        + failure.detail() + "ms",
                                List.of(
                                        "com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:686)"),
                                null));
            case UNKNOWN_HOST ->
                new Thrown(
                        "org.springframework.jdbc.CannotGetJdbcConnectionException",
                        "Failed to obtain JDBC Connection",
                        frames(
                                code,
                                "store",
                                peer,
                                97,
                                "org.springframework.jdbc.datasource.DataSourceUtils.getConnection(DataSourceUtils.java:84)"),
                        new Thrown(
                                "java.net.UnknownHostException",
                                peer + ".db.new-zone.internal",
                                List.of("java.base/sun.nio.ch.NioSocketImpl.connect(NioSocketImpl.java:567)"),
                                null));
            case BUG -> bug(code, variant);
            case OVERLOADED ->
                new Thrown(
                        "java.util.concurrent.RejectedExecutionException",
                        "Thread limit exceeded replacing blocked worker",
                        List.of(
                                "org.apache.tomcat.util.threads.ThreadPoolExecutor.execute(ThreadPoolExecutor.java:1360)"),
                        null);
            case OUT_OF_MEMORY ->
                new Thrown(
                        "java.lang.OutOfMemoryError",
                        "Java heap space",
                        List.of(
                                "java.base/java.util.Arrays.copyOf(Arrays.java:3537)",
                                code + ".cache.EntryCache.grow(EntryCache.java:141)"),
                        null);
            case DNS, CERTIFICATE, UNAUTHORIZED, THROTTLED, UNREACHABLE, CIRCUIT_OPEN ->
                JavaCallErrors.of(failure, code, url);
            case BAD_DATA, FLAGGED_BUG, DISK_FULL, DEVICE, POISON, STARTUP -> JavaOwnErrors.of(failure, code);
        };
    }

    private static Thrown bug(String code, int variant) {
        return switch (Math.floorMod(variant, 4)) {
            case 0 ->
                new Thrown(
                        "java.lang.NullPointerException",
                        "Cannot invoke \"" + code + ".rules.Rule.rate()\" because \"rule\" is null",
                        frames(code, "rules", "rule", 87, code + ".rules.RuleSet.apply(RuleSet.java:52)"),
                        null);
            case 1 ->
                new Thrown(
                        "java.lang.IllegalStateException",
                        "Duplicate key for region EU in rounding table",
                        frames(
                                code,
                                "rounding",
                                "rounding",
                                41,
                                "java.base/java.util.stream.Collectors.duplicateKeyException(Collectors.java:135)"),
                        null);
            case 2 ->
                new Thrown(
                        "java.lang.ClassCastException",
                        "class java.lang.String cannot be cast to class java.math.BigDecimal",
                        frames(code, "mapping", "mapping", 133, code + ".mapping.Amounts.read(Amounts.java:29)"),
                        null);
            default ->
                new Thrown(
                        "java.lang.ArrayIndexOutOfBoundsException",
                        "Index 3 out of bounds for length 3",
                        frames(code, "schedule", "schedule", 76, code + ".schedule.Slots.at(Slots.java:18)"),
                        null);
        };
    }

    static Thrown http(String code, Failure failure, String message, String type, String why, String innermost) {
        return new Thrown(
                "org.springframework.web.client.ResourceAccessException",
                message,
                frames(
                        code,
                        "client",
                        failure.peer(),
                        58,
                        "org.springframework.web.client.RestTemplate.createResourceAccessException(RestTemplate.java:915)"),
                new Thrown(type, why, List.of(innermost), null));
    }

    static List<String> frames(String code, String part, String about, int line, @Nullable String innermost) {
        var frames = new ArrayList<String>();
        if (innermost != null) {
            frames.add(innermost);
        }
        String own = camel(about) + camel(part);
        frames.add(code + "." + part + "." + own + ".call(" + own + ".java:" + line + ")");
        String service = camel(code.substring(code.lastIndexOf('.') + 1));
        frames.add(code + "." + service + "Service.handle(" + service + "Service.java:" + (40 + about.length()) + ")");
        frames.add(code + "." + service + "Controller.receive(" + service + "Controller.java:33)");
        frames.addAll(SERVLET);
        return frames;
    }

    static String camel(String name) {
        var text = new StringBuilder();
        boolean upper = true;
        for (int i = 0; i < name.length(); i++) {
            char each = name.charAt(i);
            if (!Character.isLetterOrDigit(each)) {
                upper = true;
            } else {
                text.append(upper ? Character.toUpperCase(each) : each);
                upper = false;
            }
        }
        return text.toString();
    }

    static String path(String operation) {
        return operation.substring(operation.indexOf(' ') + 1).replace("/{id}", "/" + 4711);
    }
}
