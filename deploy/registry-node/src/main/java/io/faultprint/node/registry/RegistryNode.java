package io.faultprint.node.registry;

import io.faultprint.node.child.NodeMain;
import io.faultprint.node.child.NodePlace;
import io.faultprint.node.child.NodeServer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * {@code java -jar faultprint-registry-node.jar --data DIR [--port N] [--property KEY=VALUE]...}: Apicurio with Confluent's
 * API under {@code /apis/ccompat/v7}, its schemas in a file of the data directory, where they outlive a kill.
 */
public final class RegistryNode {

    private static final String API = "/apis/ccompat/v7";
    private static final int PAUSE_MILLIS = 100;

    private RegistryNode() {}

    /** Runs the registry until standard input ends. */
    public static void main(String[] arguments) {
        NodeMain.run("faultprint-registry-node", arguments, RegistryNode::start);
    }

    private static NodeServer start(NodePlace place) throws Exception {
        System.setProperty("quarkus.http.host", "127.0.0.1");
        System.setProperty("quarkus.http.port", Integer.toString(place.port()));
        // Nothing that was answered may be lost: H2 else writes half a second later.
        System.setProperty(
                "quarkus.datasource.jdbc.url",
                "jdbc:h2:file:" + place.folder("registry") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        place.properties().forEach(System::setProperty);
        // Its main returns when it ends, so it has a thread of its own.
        Thread server = new Thread(RegistryNode::run, "apicurio");
        server.setDaemon(true);
        server.start();
        URI subjects = URI.create("http://127.0.0.1:" + place.port() + API + "/subjects");
        while (!answers(subjects)) {
            if (!server.isAlive()) {
                throw new IllegalStateException("Apicurio ended while it started; see the log");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return () -> {
            // All of it is on disk already; the process may end.
        };
    }

    private static void run() {
        try {
            Class.forName("io.quarkus.runner.GeneratedMain")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Apicurio failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Apicurio has another main class", e);
        }
    }

    private static boolean answers(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }
}
