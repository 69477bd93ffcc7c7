package io.faultprint.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A sender that says exactly what it is told to, and no more. */
final class RawClient implements AutoCloseable {

    private final Socket socket = new Socket();

    RawClient(int port) {
        this(port, 64 << 10);
    }

    /** @param window bytes that it takes from the server before it reads */
    RawClient(int port, int window) {
        try {
            socket.setReceiveBufferSize(window);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The head of a POST of protobuf, with more header lines, each ended by CRLF. */
    static String head(String path, String more) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\n" + more + "\r\n";
    }

    static String head(String path, int length) {
        return head(path, "Content-Length: " + length + "\r\n");
    }

    RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends if the other end still listens; false when it has closed. */
    boolean trySend(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Everything that comes until the server closes, or says nothing for so long. */
    String read(int patienceMillis) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.setSoTimeout(patienceMillis);
            InputStream in = socket.getInputStream();
            byte[] piece = new byte[4096];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                all.write(piece, 0, length);
            }
        } catch (SocketTimeoutException | SocketException ended) {
            // What came before is what there is.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** What has come once this text is among it, or when the server closes or is silent for so long. */
    String readUntil(String text, int patienceMillis) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.setSoTimeout(patienceMillis);
            InputStream in = socket.getInputStream();
            int next = in.read();
            while (next >= 0) {
                all.write(next);
                if (all.toString(StandardCharsets.UTF_8).endsWith(text)) {
                    break;
                }
                next = in.read();
            }
        } catch (SocketTimeoutException | SocketException ended) {
            // What came before is what there is.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** Whether the server closes within so long. */
    boolean closedWithin(int millis) {
        try {
            socket.setSoTimeout(millis);
            byte[] piece = new byte[4096];
            while (socket.getInputStream().read(piece) >= 0) {
                // An answer may come before the end.
            }
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Says that no more will be sent, and still listens. */
    void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Vanishes with an RST. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
