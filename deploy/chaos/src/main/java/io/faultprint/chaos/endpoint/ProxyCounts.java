package io.faultprint.chaos.endpoint;

/**
 * What a proxy has done since it was made.
 *
 * @param requests requests read
 * @param forwarded requests that the real node carried out, whatever became of the answer
 * @param items bulk items among these
 * @param refused requests refused as a whole, with 4xx, a page or an answer of another form
 * @param refusedItems bulk items refused one by one
 * @param lost requests that were carried out and whose answer was lost, cut or spoiled
 * @param delayed requests that were held up
 * @param unreachable requests that found no node behind the proxy
 */
public record ProxyCounts(
        long requests,
        long forwarded,
        long items,
        long refused,
        long refusedItems,
        long lost,
        long delayed,
        long unreachable) {}
