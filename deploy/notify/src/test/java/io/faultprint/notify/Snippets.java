package io.faultprint.notify;

import java.io.File;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The code that a document shows. */
final class Snippets {

    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private Snippets() {}

    /** Its one block of Java. */
    static String java(String document) {
        Matcher block = JAVA.matcher(document);
        if (!block.find()) {
            throw new AssertionError("no block of Java in the document");
        }
        return block.group(1);
    }

    /** This JVM's class path without what is Faultprint's. */
    static String librariesAlone() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry ->
                        entry.endsWith(".jar") && !new File(entry).getName().startsWith("faultprint"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
