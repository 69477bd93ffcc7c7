package io.faultprint.node;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** A lib folder with nothing but a jar that points at the classes of this build. */
final class PlainLib {

    private PlainLib() {}

    static NodeSpec make(Path lib, Path data) throws IOException {
        NodeSpec spec = spec(lib, data);
        Files.createDirectories(lib);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, PlainNode.class.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        folders().stream()
                                .map(folder -> folder.toUri().toString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(spec.jar()), manifest).close();
        return spec;
    }

    static NodeSpec spec(Path lib, Path data) {
        return new NodeSpec("plain-node", lib, data, 0, 64, Map.of(), Duration.ofSeconds(30));
    }

    static String classPath() {
        return folders().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> folders() {
        return List.of(folderOf(NodeProcess.class), folderOf(PlainNode.class));
    }

    private static Path folderOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
