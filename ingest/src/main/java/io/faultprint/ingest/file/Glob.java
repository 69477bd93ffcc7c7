package io.faultprint.ingest.file;

import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.function.BiConsumer;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Which files are meant, as shells and Java's {@code glob:} have it: {@code *}, {@code **}, {@code ?}, {@code [ab]}, {@code {a,b}}.
 *
 * @param text as written, made absolute
 * @param base the folder under which all of them lie
 * @param depth how far below it they may lie
 */
record Glob(String text, Path base, int depth, PathMatcher matcher) {

    private static final String WILD = "*?[{";
    private static final int ANY = 32;

    /** @throws UsageError when it is none, or a folder */
    static Glob of(String key, String text) {
        try {
            return read(key, text);
        } catch (PatternSyntaxException broken) {
            throw refused(key, text, broken.getDescription(), broken);
        } catch (InvalidPathException broken) {
            throw refused(key, text, broken.getReason(), broken);
        }
    }

    private static UsageError refused(String key, String text, String why, RuntimeException cause) {
        return new UsageError(
                key + " " + text + ": is no glob (" + why + "); give one like /var/log/shop/*.log", cause);
    }

    private static Glob read(String key, String text) {
        int wild = firstWild(text);
        String fixed = wild < 0 ? text : text.substring(0, text.lastIndexOf('/', wild) + 1);
        Path folder = Path.of(fixed.isEmpty() ? "." : fixed).toAbsolutePath().normalize();
        if (wild < 0) {
            if (Files.isDirectory(folder)) {
                throw new UsageError(key + " " + text + ": is a directory; give files, as in " + text + "/*.log");
            }
            Path parent = folder.getParent();
            return new Glob(folder.toString(), parent == null ? folder : parent, 1, folder::equals);
        }
        String rest = text.substring(text.lastIndexOf('/', wild) + 1);
        String whole = (folder.toString().equals("/") ? "" : folder.toString()) + "/" + rest;
        int depth = rest.contains("**")
                ? ANY
                : (int) rest.chars().filter(c -> c == '/').count() + 1;
        return new Glob(
                whole, folder, depth, FileSystems.getDefault().getPathMatcher("glob:" + escaped(folder) + "/" + rest));
    }

    private static String escaped(Path folder) {
        String text = folder.toString();
        return text.equals("/") ? "" : text.replaceAll("([\\\\*?\\[\\]{}])", "\\\\$1");
    }

    private static int firstWild(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (WILD.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Visits every file that it means now; symbolic links are followed.
     *
     * @param trouble hears of folders that cannot be read
     */
    void visit(BiConsumer<Path, BasicFileAttributes> found, BiConsumer<Path, IOException> trouble) {
        try {
            Files.walkFileTree(base, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && matcher.matches(file)) {
                        found.accept(file, attributes);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    // What vanished while it was looked at, or links to itself, is nothing to follow; but its folder
                    // is.
                    if (failure instanceof AccessDeniedException || file.equals(base)) {
                        trouble.accept(file, failure);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
                    if (failure != null) {
                        trouble.accept(folder, failure);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            trouble.accept(base, failure);
        }
    }
}
