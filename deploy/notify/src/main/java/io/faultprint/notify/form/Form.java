package io.faultprint.notify.form;

import io.faultprint.notify.notice.Notice;
import java.util.List;

/** How a target wants to be told. */
public interface Form {

    /**
     * The body of a request, JSON in UTF-8.
     *
     * @param now epoch milliseconds, for forms that say until when something holds
     */
    byte[] body(Notice notice, long now);

    /**
     * Bodies that say once more what is open, for receivers that forget; none for the others.
     *
     * @param open all that is open
     */
    default List<byte[]> again(List<Notice> open, long now) {
        return List.of();
    }
}
