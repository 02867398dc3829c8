use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Router, serve};
use reqwest::Client;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

#[derive(Default)]
struct Kitchen {
    orders: AtomicU32,
}

async fn dish(Path(name): Path<String>) -> Result<String, StatusCode> {
    match name.as_str() {
        "toast" | "eggs" => Ok(format!("one {name}")),
        _ => Err(StatusCode::NOT_FOUND),
    }
}

async fn order(State(kitchen): State<Arc<Kitchen>>, dish: String) -> String {
    let number = kitchen.orders.fetch_add(1, Relaxed) + 1;
    format!("order {number}: {dish}")
}

fn routes() -> Router {
    Router::new()
        .route("/dish/{name}", get(dish))
        .route("/order", post(order))
        .layer(DefaultBodyLimit::max(100))
        .with_state(Arc::new(Kitchen::default()))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let to = format!("http://{}", listener.local_addr()?);
    let (close, closing) = oneshot::channel::<()>();
    let service = serve(listener, routes())
        .with_graceful_shutdown(async { drop(closing.await) });
    let service = tokio::spawn(service.into_future());

    let client = Client::builder().no_proxy().build()?;
    for name in ["toast", "caviar"] {
        let answer = client.get(format!("{to}/dish/{name}")).send().await?;
        println!("{}: {:?}", answer.status(), answer.text().await?);
    }
    for dish in ["2 eggs".to_owned(), "egg".repeat(100)] {
        let order = client.post(format!("{to}/order")).body(dish);
        let answer = order.send().await?;
        println!("{}: {:?}", answer.status(), answer.text().await?);
    }

    drop((client, close));
    service.await??;
    println!("closed");
    Ok(())
}
