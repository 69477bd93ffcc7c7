package io.faultprint.correlate.signature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One frame of a stack trace, without what a rebuild changes: line numbers, lambda numbers, generated names.
 *
 * @param function where it is, in the words of its language
 * @param own whether it is the user's code, not a platform's or a framework's
 * @param place file and line as the runtime printed them; empty where it printed none
 */
record Frame(String function, boolean own, String place) {

    /** Code that is never the user's: a platform, or a framework so common that its frames tell nothing. */
    private static final List<String> FOREIGN = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "jakarta.",
            "kotlin.",
            "kotlinx.",
            "scala.",
            "groovy.",
            "clojure.",
            "org.springframework.",
            "org.apache.",
            "org.hibernate.",
            "org.eclipse.jetty.",
            "org.jboss.",
            "io.netty.",
            "io.undertow.",
            "io.grpc.",
            "io.vertx.",
            "io.quarkus.",
            "io.micrometer.",
            "io.opentelemetry.",
            "reactor.",
            "rx.",
            "io.reactivex.",
            "com.google.common.",
            "com.fasterxml.",
            "com.zaxxer.",
            "com.mysql.",
            "org.postgresql.",
            "okhttp3.",
            "feign.",
            "akka.",
            "org.aspectj.",
            "net.bytebuddy.",
            "org.junit.",
            "System.",
            "Microsoft.",
            "_COROUTINE.");

    private static final List<String> FOREIGN_PATHS = List.of(
            "/site-packages/",
            "/dist-packages/",
            "/lib/python",
            "<frozen",
            "/node_modules/",
            "node:",
            "internal/",
            "/usr/local/go/src/",
            "/pkg/mod/",
            "/rustc/",
            "/.cargo/registry/",
            "<anonymous>",
            "native ");

    private static final List<String> RUST = List.of(
            "std::",
            "core::",
            "alloc::",
            "tokio::",
            "futures::",
            "rayon::",
            "rust_begin_unwind",
            "__rust",
            "_start",
            "start_thread");

    /** A line that starts with {@code at}: Java, Kotlin, Scala, Node or .NET; null when it is generated code only. */
    static @Nullable Frame at(String line) {
        String text = line.strip().substring(3).strip();
        if (text.endsWith(" {")) {
            // Node prints what else the error holds behind its last frame.
            text = text.substring(0, text.length() - 2);
        }
        int open = text.lastIndexOf(" (");
        int bracket = text.indexOf('(');
        if (bracket < 0 || open > 0) {
            return node(text, open);
        }
        boolean closed = text.endsWith(")") && text.indexOf(".java:") < 0;
        int in = text.indexOf(") in ");
        if (in > bracket || (closed && dotNet(text))) {
            return dotNet(
                    text.substring(0, bracket),
                    text,
                    in > 0 ? text.substring(in + 5).replace(":line ", ":") : "");
        }
        int close = text.indexOf(')', bracket);
        return java(text.substring(0, bracket), close < 0 ? "" : text.substring(bracket + 1, close));
    }

    private static boolean dotNet(String text) {
        String inside = text.substring(text.indexOf('(') + 1, text.length() - 1);
        boolean javaPlace = inside.indexOf(':') > 0
                || inside.endsWith("Method")
                || inside.endsWith("Source")
                || inside.indexOf('.') > 0;
        return !javaPlace;
    }

    private static @Nullable Frame java(String place, String file) {
        String name = place.substring(place.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String type = dot < 0 ? "" : name.substring(0, dot);
        String method = name.substring(dot + 1);
        boolean generated = place.indexOf("$$") >= 0
                || name.indexOf("$Proxy") >= 0
                || name.indexOf("GeneratedMethodAccessor") >= 0
                || name.indexOf("GeneratedConstructorAccessor") >= 0
                || name.indexOf("$HibernateProxy") >= 0
                || type.endsWith("_ClientProxy")
                || type.endsWith("_Subclass")
                || method.startsWith("access$");
        if (generated) {
            return null;
        }
        if (method.startsWith("lambda$")) {
            int end = method.indexOf('$', 7);
            method = end < 0 ? method.substring(7) : method.substring(7, end);
        }
        return new Frame(withoutNumbers(type) + "." + method, !foreign(name), file);
    }

    /** {@code Orders$1} is an anonymous part of {@code Orders}; its number changes with the code around it. */
    private static String withoutNumbers(String type) {
        StringBuilder out = new StringBuilder(type.length());
        for (int i = 0; i < type.length(); i++) {
            int end = i + 1;
            while (type.charAt(i) == '$' && end < type.length() && CharClass.digit(type.charAt(end))) {
                end++;
            }
            if (end == i + 1) {
                out.append(type.charAt(i));
            } else {
                i = end - 1;
            }
        }
        return out.toString();
    }

    private static @Nullable Frame node(String text, int open) {
        String place = open > 0 ? text.substring(open + 2) : text;
        String function = open > 0 ? text.substring(0, open) : "<anonymous>";
        if (place.startsWith("index ")) {
            return null;
        }
        if (open < 0 && place.startsWith("async ")) {
            place = place.substring(6);
        }
        if (function.startsWith("async ")) {
            function = function.substring(6);
        }
        return new Frame(
                file(place) + ":" + function,
                !foreignPath(place),
                place.endsWith(")") ? place.substring(0, place.length() - 1) : place);
    }

    private static @Nullable Frame dotNet(String place, String text, String file) {
        int angle = place.indexOf('<');
        int close = place.indexOf('>', angle + 1);
        String function = place;
        if (angle >= 0 && close > angle) {
            if (close == angle + 1) {
                return null;
            }
            function = place.substring(0, angle) + place.substring(angle + 1, close);
        }
        return new Frame(function.replace('+', '.'), !foreign(text), file);
    }

    /** {@code File "/app/shop/orders.py", line 12, in place}. */
    static Frame python(String line) {
        int open = line.indexOf('"');
        int close = line.indexOf('"', open + 1);
        String path = close < 0 ? "" : line.substring(open + 1, close);
        int in = line.lastIndexOf(", in ");
        String function = in < 0 ? "<module>" : line.substring(in + 5).strip();
        return new Frame(file(path) + ":" + function, !foreignPath(path), path + lineIn(line));
    }

    /** {@code , line 12}, as {@code :12}. */
    private static String lineIn(String line) {
        int start = line.indexOf(", line ") + 7;
        int end = start;
        while (start > 6 && end < line.length() && CharClass.digit(line.charAt(end))) {
            end++;
        }
        return end > start ? ":" + line.substring(start, end) : "";
    }

    /** A Go function line, with the file line that follows it. */
    static Frame go(String line, String place) {
        String function = line.strip();
        int bracket = function.lastIndexOf('(');
        if (bracket > 0 && function.endsWith(")")) {
            function = function.substring(0, bracket);
        }
        int closure = function.indexOf(".func");
        if (closure > 0) {
            function = function.substring(0, closure);
        }
        int generic = function.indexOf("[...]");
        if (generic > 0) {
            function = function.substring(0, generic) + function.substring(generic + 5);
        }
        boolean platform = function.startsWith("runtime.")
                || function.startsWith("panic")
                || function.startsWith("testing.")
                || function.startsWith("net/http.");
        String file = place.strip();
        int offset = file.indexOf(" +0x");
        return new Frame(function, !platform && !foreignPath(place), offset < 0 ? file : file.substring(0, offset));
    }

    /** A Rust function, with the place that follows it; hashes and closures are the compiler's. */
    static Frame rust(String name, String place) {
        String function = name.strip();
        int hash = function.lastIndexOf("::h");
        if (hash > 0 && function.length() - hash == 19) {
            function = function.substring(0, hash);
        }
        function = function.replace("::{{closure}}", "");
        String bare = function.startsWith("<") ? function.substring(1) : function;
        boolean platform = RUST.stream().anyMatch(bare::startsWith);
        return new Frame(function, !platform && !foreignPath(place), place);
    }

    /** A place without a function: where a Rust panic says that it began. */
    static Frame place(String place) {
        return new Frame(file(place), !foreignPath(place), place);
    }

    /** As evidence: {@code function (file:line)}. */
    String said() {
        return place.isEmpty() ? function : function + " (" + place + ")";
    }

    /** The last two parts of a path: where a program is deployed says nothing about it. */
    private static String file(String place) {
        String path = place.replace('\\', '/');
        int end = path.indexOf(':', path.lastIndexOf('/') + 1);
        path = end < 0 ? path : path.substring(0, end);
        int last = path.lastIndexOf('/');
        int before = last <= 0 ? -1 : path.lastIndexOf('/', last - 1);
        return path.substring(before + 1);
    }

    private static boolean foreign(String name) {
        return FOREIGN.stream().anyMatch(name::startsWith);
    }

    private static boolean foreignPath(String path) {
        return FOREIGN_PATHS.stream().anyMatch(path::contains);
    }
}
