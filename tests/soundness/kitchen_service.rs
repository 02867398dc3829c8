use std::time::Duration;
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

const PATIENCE: Duration = Duration::from_secs(10);

async fn thousand_orders(to: &str) {
    let client = Client::builder().no_proxy().build().expect("a client");
    let mut orders = JoinSet::new();
    for number in 0..1000 {
        let order = client.post(format!("{to}/order")).body("tea");
        orders.spawn(async move {
            let answer = order.send().await.expect("an answer");
            answer.text().await.expect("a text")
        });
        // No more at once than the descriptors of a process allow.
        if number % 50 == 49 {
            while orders.len() > 25 {
                numbers(orders.join_next().await);
            }
        }
    }
    while let Some(text) = orders.join_next().await {
        numbers(Some(text));
    }
    let last = client.post(format!("{to}/order")).body("").send().await;
    let last = last.expect("an answer").text().await.expect("a text");
    assert_eq!(last, "order 1001: ", "orders are lost");
}

fn numbers(text: Option<Result<String, tokio::task::JoinError>>) {
    let text = text.expect("an order").expect("no panic");
    assert!(
        text.starts_with("order ") && text.ends_with(": tea"),
        "{text}"
    );
}

async fn what_is_wrong(to: &str) {
    let client = Client::builder().no_proxy().build().expect("a client");
    let get = async |path: &str| {
        let answer = client.get(format!("{to}{path}")).send().await;
        answer.expect("an answer").status().as_u16()
    };
    assert_eq!(get("/").await, 404);
    assert_eq!(get("/order").await, 405);
    assert_eq!(get("/dish/a%2Fb").await, 404);
    assert_eq!(get("/dish/toast").await, 200);
    for size in [100, 101, 1 << 20] {
        let order = client.post(format!("{to}/order")).body("x".repeat(size));
        // A server that has heard enough may hang up before all is sent.
        let status = order.send().await.map(|answer| answer.status().as_u16());
        let taken = status.is_ok_and(|status| status == 200);
        assert_eq!(taken, size <= 100, "a body of {size} bytes");
    }
    let bytes = client.post(format!("{to}/order")).body(vec![0xff]);
    let status = bytes.send().await.expect("an answer").status();
    assert_eq!(status.as_u16(), 400, "not UTF-8");
}

fn main() {
    let runtime = Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let to = format!("http://{address}");
        let (close, closing) = oneshot::channel::<()>();
        let service = serve(listener, routes())
            .with_graceful_shutdown(async { drop(closing.await) });
        let service = tokio::spawn(service.into_future());
        thousand_orders(&to).await;
        what_is_wrong(&to).await;
        drop(close);
        let ended = timeout(PATIENCE, service).await.expect("it closes");
        ended.expect("no panic").expect("no error");
        assert!(tokio::net::TcpStream::connect(address).await.is_err());
        while runtime.metrics().num_alive_tasks() > 0 {
            sleep(Duration::from_millis(1)).await;
        }
    });
}
