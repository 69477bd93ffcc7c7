package io.faultprint.correlate.signature;

import java.util.List;

/** Stack traces as the languages write them. */
final class Traces {

    static final String JAVA = """
            2026-03-12 10:11:12.345 ERROR 1 --- [nio-8080-exec-3] c.e.shop.cart.CartController : checkout failed
            com.example.shop.CheckoutException: order 8812 failed; nested exception is java.io.IOException: stock answered 503
            \tat com.example.shop.Checkout.place(Checkout.java:88)
            \tat com.example.shop.Checkout.lambda$all$3(Checkout.java:40)
            \tat java.base/java.util.ArrayList.forEach(ArrayList.java:1511)
            \tat com.example.shop.Checkout$$EnhancerBySpringCGLIB$$1a2b.place(<generated>)
            \tat com.example.shop.CheckoutController.post(CheckoutController.java:31)
            \tat org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:897)
            \tat java.base/java.lang.Thread.run(Thread.java:833)
            Caused by: java.io.IOException: stock answered 503
            \tat okhttp3.internal.Call.execute(Call.java:12)
            \tat com.example.shop.StockClient$1.call(StockClient.java:19)
            \tat com.example.shop.StockClient.reserve(StockClient.java:25)
            \t... 12 more
            """;

    static final String PYTHON = """
            Traceback (most recent call last):
              File "/srv/app/shop/stock.py", line 12, in reserve
                return self.db.take(sku)
              File "/usr/lib/python3/dist-packages/psycopg2/pool.py", line 77, in getconn
                raise PoolError("connection pool exhausted")
            psycopg2.pool.PoolError: connection pool exhausted

            The above exception was the direct cause of the following exception:

            Traceback (most recent call last):
              File "/srv/app/shop/orders.py", line 40, in place
                stock.reserve(sku)
            shop.errors.OrderFailed: order 8812 failed
            """;

    static final String NODE = """
            TypeError: Cannot read properties of undefined (reading 'id')
                at cartTotal (/srv/shop/lib/cart.js:12:31)
                at async /srv/shop/lib/routes.js:40:5
                at Layer.handle (/srv/shop/node_modules/express/lib/router/layer.js:95:5)
                at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
            """;

    static final String DOT_NET = """
            System.InvalidOperationException: Order 8812 failed
             ---> System.TimeoutException: stock did not answer within 00:00:05
               at Shop.Stock.StockClient.ReserveAsync(String sku) in /src/Stock/StockClient.cs:line 31
               --- End of inner exception stack trace ---
               at Shop.Orders.OrderService.<PlaceAsync>d__5.MoveNext() in /src/Orders/OrderService.cs:line 77
               at System.Runtime.CompilerServices.TaskAwaiter.ThrowForNonSuccess(Task task)
            """;

    static final String GO = """
            panic: runtime error: invalid memory address or nil pointer dereference

            goroutine 18 [running]:
            runtime.gopanic(0x1234)
            \t/usr/local/go/src/runtime/panic.go:884 +0x1f4
            example.com/shop/stock.(*Client).Reserve(0x0, {0xc00001, 0x7})
            \t/src/shop/stock/client.go:41 +0x1d
            main.main.func1()
            \t/src/shop/main.go:19 +0x25
            """;

    static final List<String> ALL = List.of(JAVA, PYTHON, NODE, DOT_NET, GO);

    private Traces() {}
}
