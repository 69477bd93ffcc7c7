package io.faultprint.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Locale;

/**
 * Reads the values of OTLP/JSON from a stream of tokens. OTLP/JSON is not protobuf's JSON: ids are hex, enums are
 * numbers (names are tolerated), 64-bit integers are strings or numbers, and unknown fields are skipped
 * (opentelemetry-proto, docs/specification.md, "JSON Protobuf Encoding").
 */
final class JsonReader {

    /** Reads the value of a field; false when the field is unknown, so that it is skipped. */
    interface Field {
        boolean read(String name) throws IOException;
    }

    interface Item {
        void read() throws IOException;
    }

    private static final BigInteger UINT64 = BigInteger.ONE.shiftLeft(64);

    final JsonParser in;
    private final Parts parts;

    JsonReader(JsonParser in, Parts parts) {
        this.in = in;
        this.parts = parts;
    }

    /** The object that begins at the current token. */
    void object(Field field) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw wrong("an object");
        }
        parts.add(1);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            if (in.nextToken() != JsonToken.VALUE_NULL && !field.read(name)) {
                in.skipChildren();
            }
        }
    }

    /** The array that begins at the current token. */
    void array(Item item) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw wrong("an array");
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            parts.add(in.currentToken().isScalarValue() ? 1 : 0);
            item.read();
        }
    }

    String string() throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong("a string");
        }
        return in.getText();
    }

    boolean bool() throws IOException {
        return switch (in.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrong("true or false");
        };
    }

    /** A 64-bit integer, signed or unsigned (then as protobuf's Java has it: wrapped into a long). */
    long int64() throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NUMBER_INT
                && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return in.getLongValue();
        }
        if (in.currentToken() == JsonToken.VALUE_STRING) {
            String text = in.getText();
            if (text.length() < 19) {
                try {
                    return Long.parseLong(text);
                } catch (NumberFormatException e) {
                    throw wrong("a 64-bit integer");
                }
            }
        }
        if (!in.currentToken().isScalarValue() || in.getTextLength() > 20) {
            throw wrong("a 64-bit integer");
        }
        try {
            BigInteger value = new BigInteger(in.getText());
            if (value.bitLength() <= 63 || (value.signum() > 0 && value.compareTo(UINT64) < 0)) {
                return value.longValue();
            }
        } catch (NumberFormatException e) {
            throw wrong("a 64-bit integer");
        }
        throw wrong("a 64-bit integer");
    }

    /** A signed 32-bit integer. */
    int int32() throws IOException {
        long value = int64();
        if (value != (int) value || wrapped(value)) {
            throw wrong("a 32-bit integer");
        }
        return (int) value;
    }

    /** Thirty-two bits, written as a signed or an unsigned integer. */
    int bits32() throws IOException {
        long value = int64();
        if ((value != (int) value && value >>> 32 != 0) || wrapped(value)) {
            throw wrong("a 32-bit integer");
        }
        return (int) value;
    }

    /** Whether a great unsigned integer has become a small negative one. */
    private boolean wrapped(long value) throws IOException {
        return value < 0 && in.getText().charAt(0) != '-';
    }

    /** A double; protobuf's JSON writes what JSON has no number for as text. */
    double number() throws IOException {
        if (in.currentToken().isNumeric()) {
            return in.getDoubleValue();
        }
        try {
            return switch (string()) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(in.getText());
            };
        } catch (NumberFormatException e) {
            throw wrong("a number");
        }
    }

    /** An enum's number, or its name with this prefix. */
    int enumNumber(String prefix, NameOf names) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING || isNumber(in.getText())) {
            return int32();
        }
        String name = in.getText().toUpperCase(Locale.ROOT);
        Integer number = names.of(name.startsWith(prefix) ? name : prefix + name);
        if (number == null) {
            throw wrong("an enum's number or name");
        }
        return number;
    }

    interface NameOf {
        @org.jspecify.annotations.Nullable
        Integer of(String name);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && (Character.isDigit(text.charAt(0)) || text.charAt(0) == '-');
    }

    /** An id in hex. What is not hex stays as text, so that the normaliser can refuse the record by its id. */
    ByteString hex() throws IOException {
        String text = string();
        if (text.length() % 2 != 0) {
            return ByteString.copyFromUtf8(text);
        }
        byte[] bytes = new byte[text.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(text.charAt(2 * i), 16);
            int low = Character.digit(text.charAt(2 * i + 1), 16);
            if (high < 0 || low < 0) {
                return ByteString.copyFromUtf8(text);
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return ByteString.copyFrom(bytes);
    }

    ByteString base64() throws IOException {
        String text = string().replace('-', '+').replace('_', '/');
        try {
            return ByteString.copyFrom(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw wrong("base64");
        }
    }

    WrongValue wrong(String wanted) throws IOException {
        String found = in.currentToken() == null
                ? "the end"
                : in.currentToken().isScalarValue()
                        ? shown()
                        : "an " + (in.currentToken() == JsonToken.START_ARRAY ? "array" : "object");
        String pointer = in.getParsingContext().pathAsPointer().toString();
        String place = pointer.length() > 200 ? pointer.substring(0, 200) + "…" : pointer;
        return new WrongValue(place + ": wanted " + wanted + ", found " + found);
    }

    private String shown() throws IOException {
        String text = in.getText();
        String cut = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return in.currentToken() == JsonToken.VALUE_STRING ? '"' + cut + '"' : cut;
    }

    /** A value of the wrong type: the tokens are sound, so what follows can still be read. */
    static final class WrongValue extends IOException {
        private static final long serialVersionUID = 1L;

        WrongValue(String message) {
            super(message);
        }
    }
}
