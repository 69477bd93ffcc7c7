package io.faultprint.ingest.file;

import io.faultprint.runtime.UsageError;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Which service a file's lines are of. */
sealed interface ServiceName {

    /** The name for a file. */
    String of(Path file);

    /** One for all. */
    record Fixed(String name) implements ServiceName {
        @Override
        public String of(Path file) {
            return name;
        }
    }

    /** The file's own name up to its first dot, without the date that rotation writes behind it. */
    record File() implements ServiceName {
        @Override
        public String of(Path file) {
            String name = nameOf(file);
            int dot = name.indexOf('.', 1);
            String stem = dot < 0 ? name : name.substring(0, dot);
            String undated = DATE.matcher(stem).replaceFirst("");
            return undated.isEmpty() ? stem : undated;
        }
    }

    /** As logrotate's {@code dateext} and its like have it: {@code shop-20260131}, {@code shop_2026-01-31T12}, {@code shop-1769860800}. */
    Pattern DATE = Pattern.compile("[-_](\\d{4}-?\\d{2}-?\\d{2}([-_T]?\\d{2}){0,3}|\\d{10})$");

    /**
     * A folder of the path.
     *
     * @param up 1 is the folder that the file is in
     */
    record Folder(int up) implements ServiceName {
        @Override
        public String of(Path file) {
            Path folder = file;
            for (int i = 0; i < up && folder != null; i++) {
                folder = folder.getParent();
            }
            // A file that lies higher than that still has a name.
            return folder == null || folder.getFileName() == null ? new File().of(file) : nameOf(folder);
        }
    }

    /**
     * The way that a setting names.
     *
     * @throws UsageError when it is none of {@code file}, {@code folder}, {@code folder-N}
     */
    static ServiceName from(String key, String part) {
        if (part.equals("file")) {
            return new File();
        }
        if (FOLDER.matcher(part).matches()) {
            return new Folder(part.equals("folder") ? 1 : part.charAt(7) - '0');
        }
        throw new UsageError(
                key + " " + part
                        + ": must be file (its name up to the first dot), folder (the one it is in), or folder-2 to folder-9 (so much higher)");
    }

    Pattern FOLDER = Pattern.compile("folder(-[1-9])?");

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }
}
